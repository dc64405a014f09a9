// The output set of a deployment: the model, what goes with it into a firmware or an application, and the report.
import { operatorOf, statesOf, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import {
  defaultName,
  exportC,
  exportExample,
  symbolOf,
  type ExampleModel,
  type ModelExport,
  type TensorExport,
} from '@wherry/c-exporter';
import { firmwareExport, mustComeFromHeap } from '@wherry/profiles';
import { schemes } from '@wherry/quantizer';
import type { DeployRequest, DeployRun } from './deployment.js';
import { computedInFloats } from './float-arithmetic.js';
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
  const files = new Map<string, FileContent>([[`${name}.tflite`, run.tflite], ...filesBeside(run)]);
  files.set('report.json', sealed(reportOf(run, files)));
  return files;
}

function filesBeside(run: DeployRun): Iterable<readonly [string, FileContent]> {
  const { layout, example } = run.target.profile.export;
  if (layout === 'firmware') return exportC(modelExport(run));
  return example === undefined ? [] : [exportExample(exampleModel(run, example))];
}

function exampleModel(run: DeployRun, example: ExampleModel['example']): ExampleModel {
  const { profile } = run.target;
  const { plan } = run.quantized;
  return {
    ...namedModel(run),
    example,
    runtime: profile.runtime,
    sha256: sha256(run.tflite),
    halfPrecision: plan !== null && schemes[plan.scheme].weights.kind === 'half',
  };
}

function modelExport(run: DeployRun): ModelExport {
  const {
    target: { profile },
    quantized: { graph },
  } = run;
  return {
    ...namedModel(run),
    ...firmwareNames(run.request),
    model: run.tflite,
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
    ...firmwareExport(profile),
  };
}

/** What is called how, and what goes in and out. */
function namedModel(
  run: DeployRun,
): Pick<ExampleModel, 'modelName' | 'name' | 'inputs' | 'outputs' | 'keepsState' | 'profileId' | 'tool'> {
  const { graph } = run.quantized;
  const labels = run.classNames;
  const inFloats = computedInFloats(graph);
  return {
    modelName: run.modelFile.fileName,
    name: firmwareNames(run.request).name,
    inputs: graph.inputs.map((id) => tensorExport(graph, id)),
    outputs: graph.outputs.map((id, position) => ({
      ...tensorExport(graph, id),
      computedInFloats: inFloats.has(id),
      ...(position === 0 && labels !== undefined ? { labels } : {}),
    })),
    keepsState: statesOf(graph).length > 0,
    profileId: run.target.profile.id,
    tool: { name: 'wherry', version: run.toolVersion },
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
