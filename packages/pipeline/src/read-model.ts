// The first stage of the main job: the model file as a graph, a float one rewritten for quantization. No data is needed for it.
import type { Diagnostic, Graph } from '@wherry/graph';
import type { ModelSource } from '@wherry/importers';
import { asItIs, optimize, type OptimizationStep } from '@wherry/quantizer';
import { readDescription, type Description } from '@wherry/tflite-writer';
import { leadingNormalization, type Normalization } from './accuracy/leading-normalization.js';
import type { DeployHost, DeployRequest } from './deployment.js';
import { importModelFile } from './inputs/import-model-file.js';
import { readModelFile, type ModelFile } from './inputs/read-model-file.js';
import { withSharedWeights } from './lanes/shared-weights.js';
import { requireLabels } from './require-exportable.js';

export interface ReadModel {
  readonly modelFile: Omit<ModelFile, 'bytes'>;
  readonly source: ModelSource;
  /** Where the host keeps it: its weights are as large as those of `optimized`. */
  readonly imported: Graph | undefined;
  /** What the model itself does to each input first. */
  readonly leading: readonly (Normalization | undefined)[];
  /** What importing left open or changed. */
  readonly importWarnings: readonly Diagnostic[];
  /** What a .tflite said of itself to applications. */
  readonly description: Description | undefined;
  /** The file has integers with scales: it goes through as it is. */
  readonly isQuantized: boolean;
  readonly optimized: Graph;
  readonly steps: readonly OptimizationStep[];
}

/** `describes`: what the file says of itself is wanted. */
export async function readModel(request: DeployRequest, host: DeployHost, describes: boolean): Promise<ReadModel> {
  const { bytes, ...modelFile } = await readModelFile(request.model);
  host.expect?.(bytes.length);
  const { graph: imported, source, warnings: importWarnings } = importModelFile({ bytes, ...modelFile });
  const isQuantized = imported.tensors.some(({ quantization }) => quantization !== undefined);
  const { graph: optimized, steps } = isQuantized ? asItIs(imported) : optimize(imported);
  requireLabels(request, optimized);
  const description = describes && source.format === 'tflite' ? readDescription(bytes) : undefined;
  return {
    modelFile,
    source,
    imported: host.keepImported === true ? imported : undefined,
    isQuantized,
    leading: isQuantized ? [] : imported.inputs.map((id) => leadingNormalization(imported, id)),
    importWarnings,
    description,
    // A lane would have to be sent a copy.
    optimized: host.lanes === undefined ? optimized : withSharedWeights(optimized),
    steps,
  };
}
