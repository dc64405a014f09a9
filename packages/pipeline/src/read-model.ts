// The first stage of the main job: the model file as a float graph, rewritten for quantization. No data is needed for it.
import type { Diagnostic, Graph } from '@wherry/graph';
import type { ModelSource } from '@wherry/importers';
import { optimize, refuseQuantized, type OptimizationStep } from '@wherry/quantizer';
import type { DeployRequest } from './deployment.js';
import { importModelFile } from './inputs/import-model-file.js';
import { readModelFile, type ModelFile } from './inputs/read-model-file.js';
import { requireExportable } from './require-exportable.js';

export interface ReadModel {
  readonly modelFile: ModelFile;
  readonly source: ModelSource;
  readonly imported: Graph;
  /** What importing left open or changed. */
  readonly importWarnings: readonly Diagnostic[];
  readonly optimized: Graph;
  readonly steps: readonly OptimizationStep[];
}

export async function readModel(request: DeployRequest): Promise<ReadModel> {
  const modelFile = await readModelFile(request.model);
  const { graph: imported, source, warnings: importWarnings } = importModelFile(modelFile);
  refuseQuantized(imported);
  const { graph: optimized, steps } = optimize(imported);
  requireExportable(request, optimized);
  return { modelFile, source, imported, importWarnings, optimized, steps };
}
