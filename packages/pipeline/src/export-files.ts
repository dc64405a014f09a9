// The output set of a deployment: the model, its C files and the report.
import { operatorOf, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { defaultName, exportC, symbolOf, type ModelExport, type TensorExport } from '@wherry/c-exporter';
import { firmwareExport, mustComeFromHeap } from '@wherry/profiles';
import type { DeployRequest, DeployRun } from './deployment.js';
import { profileFingerprint } from './tflite-file.js';
import { sha256 } from './inputs/read-model-file.js';
import { sealed, type FileContent, type OutputFiles } from './output/output-mark.js';
import { reportOf } from './report/report.js';

/** What the firmware calls the model: files begin with the name, everything in C with the symbol. */
export function firmwareNames({
  name = defaultName,
  symbol = symbolOf(name),
}: Pick<DeployRequest, 'name' | 'symbol'>): { readonly name: string; readonly symbol: string } {
  return { name, symbol };
}

export function exportFiles(run: DeployRun): OutputFiles {
  const { name } = firmwareNames(run.request);
  const isFirmware = run.target.profile.export.layout === 'firmware';
  const files = new Map<string, FileContent>([
    [`${name}.tflite`, run.tflite],
    ...(isFirmware ? exportC(modelExport(run)) : []),
  ]);
  files.set('report.json', sealed(reportOf(run, files)));
  return files;
}

function modelExport(run: DeployRun): ModelExport {
  const {
    target: { profile },
    quantized: { graph },
  } = run;
  const labels = run.classNames;
  return {
    modelName: run.modelFile.fileName,
    ...firmwareNames(run.request),
    model: run.tflite,
    inputs: graph.inputs.map((id) => tensorExport(graph, id)),
    outputs: graph.outputs.map((id, position) => ({
      ...tensorExport(graph, id),
      ...(position === 0 && labels !== undefined ? { labels } : {}),
    })),
    selfTest: run.selfTest,
    // In the order of the file's operator codes, which is that of first use.
    resolverMethods: [...new Set(graph.nodes.map((node) => operatorOf(node.kind).tflm?.resolver ?? node.kind))],
    arena: {
      bytes: run.fit.ram.used,
      marginPercent: profile.arenaMarginPercent,
      fromHeap: mustComeFromHeap(profile.memory.ram, run.fit.ram.used) ? profile.memory.ram.blocks! : undefined,
    },
    runtime: {
      name: profile.runtime.name,
      from: profile.runtime.from,
      simd: profile.arithmetic.simd,
      needs: profile.runtime.needs ?? [],
    },
    hashes: {
      model: sha256(run.tflite),
      calibration: run.calibration?.sha256 ?? null,
      profile: profileFingerprint(run.target),
    },
    profileId: profile.id,
    tool: { name: 'wherry', version: run.toolVersion },
    ...firmwareExport(profile),
  };
}

function tensorExport(graph: Graph, id: TensorId): TensorExport {
  const { name, shape, dtype, quantization } = tensorAt(graph, id);
  return {
    name,
    shape,
    dtype,
    ...(quantization === undefined
      ? {}
      : { quantization: { scale: quantization.scale[0]!, zeroPoint: quantization.zeroPoint[0]! } }),
  };
}
