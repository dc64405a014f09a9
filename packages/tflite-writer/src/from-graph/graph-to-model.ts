// A graph as the tables of a .tflite file, by what the operator files say of their encoding.
import {
  intermediatesOf,
  operatorOf,
  statesOf,
  tensorAt,
  type Graph,
  type Node,
  type Quantization,
  type Tensor,
  type TensorId,
} from '@wherry/graph';
import type { BuiltinOperator, TableInit, TensorType, TfliteModelInit } from '../schema/table-types.js';
import { schemaVersion } from '../schema/tables.js';
import { ConstantBuffers } from './constant-buffers.js';

export interface GraphToModelOptions {
  /**
   * `keep` (default): every tensor keeps its name, so that tools on the device's answers can speak of layers.
   * `io-only`: inputs and outputs only; saves about 30 bytes per tensor.
   */
  readonly tensorNames?: 'keep' | 'io-only';
  /** `Model.description`. */
  readonly description?: string;
  /** Writes a signature with this key over the graph's inputs and outputs, e.g. `serving_default`. */
  readonly signatureKey?: string;
}

/**
 * The tables that say what the graph says. Tensors stand in the order of their first use, inputs first; a tensor that
 * nothing uses is left out. Constants with the same bytes share a buffer; other tensors have none.
 * `encode` makes the bytes.
 */
export function graphToModel(graph: Graph, options: GraphToModelOptions = {}): TfliteModelInit {
  const order = tensorsInUse(graph);
  const indexOf = new Map(order.map((id, index) => [id, index]));
  const named = new Set([...graph.inputs, ...graph.outputs]);
  const states = new Set(statesOf(graph));
  const constants = new ConstantBuffers();
  const codes = new OperatorCodes();
  const indices = (ids: readonly (TensorId | null)[]): number[] =>
    ids.map((id) => (id === null ? -1 : indexOf.get(id)!));
  const besides = intermediateTensors(graph, order.length, constants);
  const subgraph: TableInit<'SubGraph'> = {
    tensors: [
      ...order.map((id) => ({
        ...tensorTable(tensorAt(graph, id), constants, options.tensorNames !== 'io-only' || named.has(id)),
        ...(states.has(id) && { is_variable: true }),
      })),
      ...besides.flatMap(({ tensors }) => tensors),
    ],
    inputs: indices(graph.inputs),
    outputs: indices(graph.outputs),
    operators: graph.nodes.map((node, position) => ({
      opcode_index: codes.add(operatorOf(node.kind).tflite.builtin as BuiltinOperator, versionOf(graph, node)),
      inputs: indices(withoutTrailing(node)),
      outputs: indices(node.outputs),
      ...optionsOf(node),
      ...(besides[position]!.indices.length > 0 && { intermediates: besides[position]!.indices }),
    })),
    name: graph.name,
  };
  return {
    version: schemaVersion,
    operator_codes: codes.codes,
    subgraphs: [subgraph],
    ...(options.description !== undefined && { description: options.description }),
    buffers: constants.buffers,
    ...(options.signatureKey !== undefined && {
      signature_defs: [signatureTable(graph, options.signatureKey, indices)],
    }),
  };
}

function tensorsInUse(graph: Graph): TensorId[] {
  const used = [...graph.inputs, ...graph.nodes.flatMap((node) => [...node.inputs, ...node.outputs]), ...graph.outputs];
  return [...new Set(used)].filter((id) => id !== null);
}

/**
 * TensorFlow Lite Micro counts operands to see whether there is a bias, and reads before its tensors when that is -1. What it
 * counts to see whether all are there stays.
 */
function withoutTrailing({ kind, inputs }: Node): readonly (TensorId | null)[] {
  const [least] = operatorOf(kind).arity.inputs;
  return inputs.slice(0, Math.max(least, inputs.findLastIndex((id) => id !== null) + 1));
}

interface Intermediates {
  readonly tensors: readonly TableInit<'Tensor'>[];
  readonly indices: readonly number[];
}

/** Of each node; `first`: the index of the first of them. */
function intermediateTensors(graph: Graph, first: number, constants: ConstantBuffers): readonly Intermediates[] {
  let next = first;
  return graph.nodes.map((node) => {
    const specs = intermediatesOf(graph, node);
    const tensors = specs.map((spec) => tensorTable({ ...spec, name: '' }, constants, false));
    return { tensors, indices: specs.map(() => next++) };
  });
}

/** Operator codes in the order of their first use. */
class OperatorCodes {
  readonly #codes: { readonly builtin_code: BuiltinOperator; readonly version: number }[] = [];

  get codes(): readonly TableInit<'OperatorCode'>[] {
    return this.#codes;
  }

  add(builtin: BuiltinOperator, version: number): number {
    const known = this.#codes.findIndex((code) => code.builtin_code === builtin && code.version === version);
    return known >= 0 ? known : this.#codes.push({ builtin_code: builtin, version }) - 1;
  }
}

function versionOf(graph: Graph, node: Node): number {
  return operatorOf(node.kind).tflite.version({
    attributes: node.attributes,
    inputs: node.inputs.map((id) => (id === null ? undefined : tensorAt(graph, id))),
    outputs: node.outputs.map((id) => tensorAt(graph, id)),
  });
}

/** The options table of a node: attributes under the field names that the operator gives them. */
function optionsOf(node: Node): Pick<TableInit<'Operator'>, 'builtin_options'> {
  const { options, fields } = operatorOf(node.kind).tflite;
  if (options === null) return {};
  const attributes = node.attributes as Readonly<Record<string, unknown>>;
  const value = Object.fromEntries(
    Object.entries<string>(fields).map(([attribute, field]) => [field, attributes[attribute]]),
  );
  // The table's name and fields come from data; `encode` refuses what the schema does not have.
  return {
    builtin_options: { type: options, value } as unknown as NonNullable<TableInit<'Operator'>['builtin_options']>,
  };
}

function tensorTable(tensor: Tensor, constants: ConstantBuffers, named: boolean): TableInit<'Tensor'> {
  return {
    shape: tensor.shape,
    type: tensor.dtype.toUpperCase() as TensorType,
    ...(tensor.data !== undefined && { buffer: constants.add(tensor.data, tensor.dtype) }),
    ...(named && { name: tensor.name }),
    ...(tensor.quantization !== undefined && { quantization: quantizationTable(tensor.quantization) }),
  };
}

/** Minimum and maximum are left out: they are a converter's notes, no runtime reads them. */
function quantizationTable({ scale, zeroPoint, axis }: Quantization): TableInit<'QuantizationParameters'> {
  return { scale, zero_point: zeroPoint.map(BigInt), quantized_dimension: axis };
}

function signatureTable(
  graph: Graph,
  key: string,
  indices: (ids: readonly TensorId[]) => number[],
): TableInit<'SignatureDef'> {
  const entries = (ids: readonly TensorId[]): TableInit<'TensorMap'>[] =>
    ids.map((id) => ({ name: tensorAt(graph, id).name, tensor_index: indices([id])[0]! }));
  return { signature_key: key, inputs: entries(graph.inputs), outputs: entries(graph.outputs), subgraph_index: 0 };
}
