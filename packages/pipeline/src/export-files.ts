// The output set of a deployment: the model, its C files and the report.
import { operatorOf, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { defaultSymbol, exportC, exportedFiles, type ModelExport, type TensorExport } from '@wherry/c-exporter';
import { mustComeFromHeap } from '@wherry/profiles';
import type { DeployRun } from './deployment.js';
import { profileFingerprint } from './tflite-file.js';
import { sha256 } from './inputs/read-model-file.js';
import { sealed, type FileContent, type OutputFiles } from './output/output-mark.js';
import { reportOf } from './report/report.js';

/** Every file name that an output set can have. */
export const outputNames: ReadonlySet<string> = new Set(['model.tflite', ...Object.keys(exportedFiles), 'report.json']);

export function exportFiles(run: DeployRun): OutputFiles {
  const files = new Map<string, FileContent>([['model.tflite', run.tflite], ...exportC(modelExport(run))]);
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
    symbol: run.request.symbol ?? defaultSymbol,
    model: run.tflite,
    inputs: graph.inputs.map((id) => tensorExport(graph, id)),
    outputs: graph.outputs.map((id, position) => ({
      ...tensorExport(graph, id),
      ...(position === 0 && labels !== undefined ? { labels } : {}),
    })),
    selfTest: run.selfTest,
    // In the order of the file's operator codes, which is that of first use.
    resolverMethods: [...new Set(graph.nodes.map((node) => operatorOf(node.kind).tflm.resolver))],
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
    hashes: { model: sha256(run.tflite), calibration: run.calibration.sha256, profile: profileFingerprint(run.target) },
    profileId: profile.id,
    tool: { name: 'wherry', version: run.toolVersion },
    placement: profile.export.placement,
    arrayFormat: profile.export.arrayFormat,
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
