// Imports a .tflite file, float or quantized, as a graph.
import {
  diagnose,
  operatorOf,
  roleOf,
  verify,
  WherryError,
  type Diagnostic,
  type Graph,
  type Node,
  type Tensor,
  type TensorId,
} from '@wherry/graph';
import { decode, verifyMetadata, type SubGraph, type Table, type TfliteModel } from '@wherry/tflite-writer';
import { importDiagnostics } from '../diagnostics.js';
import { computeShapes } from './compute-shapes.js';
import { foldFloat16 } from './fold-float16.js';
import { oneSample } from './one-sample.js';
import { realInputs } from './real-inputs.js';
import { readOperator } from './read-operator.js';
import { requireStates } from './require-states.js';
import { requireKernelTypes } from './require-kernel-types.js';
import { requireScales } from './require-scales.js';
import { isOpen, readTensor, requireFixedInput } from './read-tensor.js';
import { invalidModel, unsupportedFeature } from './refuse.js';
import { statesFromConstants } from './states-from-constants.js';

type SignatureDef = Table<'SignatureDef'>;

export interface ImportedTflite {
  readonly graph: Graph;
  /** What the file says of its maker, e.g. `MLIR Converted.`. */
  readonly description: string;
  /** What was changed in importing. */
  readonly warnings: readonly Diagnostic[];
}

export interface ImportTfliteOptions {
  /**
   * Of files that compute on real numbers with weights of another type. `source` (default): a source to deploy from; float16
   * weights become float32, integer weights are refused. `as-it-is`: what the runtime is given, to be run and looked at.
   */
  readonly mixed?: 'source' | 'as-it-is';
}

/**
 * Reads the subgraph of the default signature, or the first. Quantized tensors keep their scales.
 * Throws WherryError with a code TFLITE_* or GRAPH_*; nothing else.
 */
export function importTflite(bytes: Uint8Array, { mixed = 'source' }: ImportTfliteOptions = {}): ImportedTflite {
  const model = decode(bytes);
  verifyMetadata(model);
  const subgraph = mainSubgraph(model);
  const { graph: recorded, open } = readSubgraph(model, subgraph);
  const shaped = checked(() => {
    const graph = statesFromConstants(computeShapes(recorded, open));
    return verify(mixed === 'source' ? foldFloat16(graph) : graph, 'import');
  });
  if (mixed === 'source') refuseMixed(shaped);
  requireKernelTypes(shaped);
  requireScales(shaped);
  // A quantized file is no source to deploy from: it is looked at and compared as it is.
  const isQuantized = shaped.tensors.some(({ quantization }) => quantization !== undefined);
  const left = leftOut(model, subgraph);
  if (isQuantized) return { graph: shaped, description: model.description ?? '', warnings: left };
  const real = realInputs(shaped);
  const { graph, warnings } = oneSample(verify(real.graph, 'import'));
  return { graph, description: model.description ?? '', warnings: [...left, ...real.warnings, ...warnings] };
}

function mainSignature({ signature_defs: all = [] }: TfliteModel): SignatureDef | undefined {
  return all.find(({ signature_key: key }) => key === 'serving_default') ?? all[0];
}

/** Signatures of other subgraphs than the one that is taken. */
function leftOut(model: TfliteModel, taken: SubGraph): Diagnostic[] {
  const named = (signature: SignatureDef): string => signature.signature_key ?? '';
  const main = mainSignature(model);
  const others = (model.signature_defs ?? []).filter((each) => model.subgraphs?.[each.subgraph_index] !== taken);
  if (main === undefined || others.length === 0) return [];
  return [
    diagnose(importDiagnostics.TFLITE_SIGNATURES, {
      what: `the signature ${named(main)} is taken, and ${others.map(named).join(', ')} ${others.length === 1 ? 'is' : 'are'} left out`,
      next: 'where another is meant, convert the model again with that one alone',
    }),
  ];
}

function mainSubgraph(model: TfliteModel): SubGraph {
  const index = mainSignature(model)?.subgraph_index ?? 0;
  return model.subgraphs?.[index] ?? invalidModel(`there is no subgraph ${index}`, 'the model');
}

/** `open`: tensors whose recorded shape is only a placeholder. */
function readSubgraph(model: TfliteModel, subgraph: SubGraph): { readonly graph: Graph; readonly open: Set<TensorId> } {
  const tensors: Tensor[] = [];
  const open = new Set<TensorId>();
  const variables = new Set<TensorId>();
  const ids = new Map<number, TensorId>();
  const names = new Map<string, number>();
  const nameOf = (index: number): string => subgraph.tensors?.[index]?.name || `tensor_${index}`;
  const idOf = (index: number, where: string): TensorId => {
    const known = ids.get(index);
    if (known !== undefined) return known;
    const tensor =
      subgraph.tensors?.[index] ?? invalidModel(`it refers to tensor ${index}, which does not exist`, where);
    const seen = names.get(nameOf(index)) ?? 0;
    names.set(nameOf(index), seen + 1);
    tensors.push(readTensor(model, tensor, seen === 0 ? nameOf(index) : `${nameOf(index)}_${seen}`));
    ids.set(index, tensors.length - 1);
    if (isOpen(tensor)) open.add(tensors.length - 1);
    if (tensor.is_variable) variables.add(tensors.length - 1);
    return tensors.length - 1;
  };
  const shapeOf = (index: number): readonly number[] => subgraph.tensors?.[index]?.shape ?? [];
  const int32sOf = (index: number): readonly number[] | undefined => {
    const tensor = subgraph.tensors?.[index];
    const data = tensor === undefined ? undefined : readTensor(model, tensor, nameOf(index)).data;
    return data instanceof Int32Array ? [...data] : undefined;
  };
  const inputs = (subgraph.inputs ?? []).map((index) => {
    const id = idOf(index, 'the inputs of the model');
    requireFixedInput(subgraph.tensors![index]!, nameOf(index));
    return id;
  });
  const nodes: Node[] = (subgraph.operators ?? []).map((operator, i) =>
    readOperator(model, operator, i, { idOf, shapeOf, int32sOf, nameOf }),
  );
  const outputs = (subgraph.outputs ?? []).map((index) => idOf(index, 'the outputs of the model'));
  if (inputs.length === 0 || outputs.length === 0) invalidModel('it has no input or no output', 'the model');
  const graph = { name: subgraph.name || 'main', tensors, nodes, inputs, outputs };
  requireStates(graph, variables);
  return { graph, open };
}

/** The language counts elements with an exception for too many; in a file that is a fault of the file. */
function checked<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof WherryError || !(error instanceof RangeError)) throw error;
    return invalidModel(error.message, 'the model');
  }
}

/**
 * Dynamic-range files compute on floats with integer weights: no float source, but a model that some runtimes run. Where the
 * integers are no weights of an operator that is known to be computed so, nobody could say what they mean.
 */
function refuseMixed(graph: Graph): void {
  for (const node of graph.nodes) {
    const operands = node.inputs.map((id) => (id === null ? undefined : graph.tensors[id]));
    const [first] = operands;
    const isHybrid = operatorOf(node.kind).kernels.hybrid !== undefined;
    const weight = operands.find(
      (tensor, position) =>
        position > 0 &&
        tensor?.data !== undefined &&
        tensor.dtype === 'int8' &&
        !(isHybrid && roleOf(node.kind, position).role === 'weights' && tensor.quantization !== undefined),
    );
    if (first?.dtype === 'float32' && weight !== undefined) {
      throw new WherryError(importDiagnostics.TFLITE_HYBRID, {
        what: `the input of ${node.kind} is float32 but its weights ${weight.name} are int8`,
        where: node.origin,
        next: 'give the float model that this file was made from, or convert it without dynamic-range quantization (no converter.optimizations)',
      });
    }
  }
  if (graph.tensors.some((tensor) => tensor.dtype === 'float16')) {
    unsupportedFeature('it computes on float16', 'the model', 'convert the model to float32');
  }
}
