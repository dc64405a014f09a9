// A .tflite that was converted for a fixed batch, as the graph of one sample.
import {
  allocate,
  elementCount,
  positionsOf,
  verify,
  WherryError,
  type Diagnostic,
  type Graph,
  type Node,
  type Tensor,
  type TensorId,
} from '@wherry/graph';
import { batchOfOne, refuseBatch } from '../batch-of-one.js';
import { batchRules, numbersOf, type BatchedNode } from './batch-rules.js';
import { computeShapes } from './compute-shapes.js';

export interface OneSample {
  readonly graph: Graph;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Where all inputs and outputs have the same first dimension above 1, that is the batch. Throws IMPORT_BATCH_FIXED where
 * an operator mixes its samples, or their number is written into something else than a shape.
 */
export function oneSample(graph: Graph): OneSample {
  const batch = batchOf(graph);
  if (batch === undefined || hasOwnRows(graph, batch)) return { graph, warnings: [] };
  const { nodes, added, batched } = rewire(graph, batch);
  const tensors = graph.tensors.map((tensor, id): Tensor => {
    return batched.has(id) ? { ...tensor, shape: [1, ...tensor.shape.slice(1)] } : tensor;
  });
  const single = remade({ ...graph, nodes, tensors: [...tensors, ...added] }, batched, batch);
  return { graph: single, warnings: [batchOfOne(single, batch)] };
}

function batchOf(graph: Graph): number | undefined {
  const ends = [...graph.inputs, ...graph.outputs].map((id) => graph.tensors[id]!.shape);
  const batch = ends[0]?.[0];
  if (batch === undefined || batch < 2) return undefined;
  return ends.every((shape) => shape.length > 1 && shape[0] === batch) ? batch : undefined;
}

/** A constant with a row for each place along the first dimension: then that is a dimension of the sample. */
function hasOwnRows(graph: Graph, batch: number): boolean {
  return graph.nodes.some(
    (node) =>
      positionsOf(node, 'activation').length > 1 &&
      node.inputs.some((id) => {
        const tensor = id === null ? undefined : graph.tensors[id];
        const rank = graph.tensors[node.outputs[0]!]!.shape.length;
        return tensor?.shape.length === rank && tensor.shape[0] === batch && rowsDiffer(tensor, batch);
      }),
  );
}

function rowsDiffer({ data }: Tensor, rows: number): boolean {
  if (data === undefined) return false;
  const length = data.length / rows;
  return Array.from(data as ArrayLike<number | bigint>).some((value, i) => value !== data[i % length]);
}

interface Rewired {
  readonly nodes: readonly Node[];
  /** Constants that take the place of those with the batch in them. */
  readonly added: readonly Tensor[];
  readonly batched: ReadonlySet<TensorId>;
}

function rewire(graph: Graph, batch: number): Rewired {
  const batched = new Set<TensorId>(graph.inputs);
  const added: Tensor[] = [];
  const nodes = graph.nodes.map((node) => {
    if (!node.inputs.some((id) => id !== null && batched.has(id))) return node;
    if (node.kind === 'SHAPE') return node;
    const edits =
      batchRules[node.kind](describe(graph, node, batch, batched)) ??
      refuseBatch(batch, `${node.kind} ${node.origin} does not keep the samples apart`);
    node.outputs.forEach((id) => batched.add(id));
    const inputs = node.inputs.map((id, at) => {
      const values = edits.get(at);
      if (id === null || values === undefined) return id;
      const tensor = graph.tensors[id]!;
      added.push(withValues(tensor, values));
      return graph.tensors.length + added.length - 1;
    });
    return { ...node, inputs };
  });
  return { nodes, added, batched };
}

/** Fewer values than before are one row of many. */
function withValues(tensor: Tensor, values: readonly number[]): Tensor {
  const isRow = values.length !== elementCount(tensor.shape);
  const shape = isRow ? [1, ...tensor.shape.slice(1)] : tensor.shape;
  const data = allocate(tensor.dtype, values.length);
  const isLong = tensor.dtype === 'int64' || tensor.dtype === 'uint64';
  values.forEach((value, i) => (data[i] = isLong ? BigInt(value) : value));
  return { ...tensor, name: `${tensor.name}_one`, shape, data };
}

function describe(graph: Graph, node: Node, batch: number, batched: ReadonlySet<TensorId>): BatchedNode {
  const tensorOf = (position: number): Tensor | undefined => graph.tensors[node.inputs[position] ?? -1];
  return {
    node,
    batch,
    shape: (position) => tensorOf(position)?.shape ?? [],
    isBatched: (position) => batched.has(node.inputs[position] ?? -1),
    values: (position) => numbersOf(tensorOf(position)?.data),
    output: graph.tensors[node.outputs[0]!]!.shape,
  };
}

function remade(graph: Graph, open: ReadonlySet<TensorId>, batch: number): Graph {
  try {
    return verify(computeShapes(graph, open), 'import');
  } catch (error) {
    if (!(error instanceof WherryError)) throw error;
    return refuseBatch(batch, error.details.what);
  }
}
