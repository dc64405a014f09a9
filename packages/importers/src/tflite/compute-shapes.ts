// Computes the shapes that a .tflite file leaves open: a file records 1, or nothing, where a shape is computed at run time.
import {
  allocate,
  elementCount,
  inferOutputs,
  kernelFor,
  sameShape,
  WherryError,
  type DataType,
  type Graph,
  type Kernel,
  type Node,
  type Operand,
  type Tensor,
  type TensorData,
  type TensorId,
} from '@wherry/graph';
import { unsupportedFeature } from './refuse.js';

/** Shapes, indices and what they are computed from are short; longer values are not computed here. */
const LONGEST_VALUE = 4096;

/**
 * Goes through the nodes once. Where a shape was left `open`, or follows from one that was, what the operator gives takes
 * the place of what is recorded; a recorded shape without such a reason stays, and is judged by `verify`.
 * Throws TFLITE_UNSUPPORTED for a shape that depends on the values of an input.
 */
export function computeShapes(graph: Graph, open: ReadonlySet<TensorId>): Graph {
  const tensors: Tensor[] = [...graph.tensors];
  const values = new Map<TensorId, TensorData>();
  graph.tensors.forEach(({ data }, id) => data !== undefined && values.set(id, data));
  const changed = new Set<TensorId>(open);
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((id) => (id === null ? undefined : specOf(tensors, values, id)));
    const moved = node.inputs.some((id) => id !== null && (changed.has(id) || isComputed(graph, values, id)));
    inferOutputs(node, inputs).forEach(({ shape }, position) => {
      const id = node.outputs[position];
      const tensor = id === undefined ? undefined : tensors[id];
      if (id === undefined || tensor === undefined) return;
      if (shape === null) refuseOpen(node);
      if (sameShape(shape, tensor.shape) || !(moved || changed.has(id))) return;
      tensors[id] = { ...tensor, shape };
      changed.add(id);
    });
    computeValues(node, tensors, values);
  }
  return changed.size === 0 ? graph : { ...graph, tensors };
}

function specOf(
  tensors: readonly Tensor[],
  values: ReadonlyMap<TensorId, TensorData>,
  id: TensorId,
): Tensor | undefined {
  const tensor = tensors[id];
  const data = values.get(id);
  return tensor === undefined || data === undefined ? tensor : { ...tensor, data };
}

/** A value that the file does not hold but that follows from what it holds. */
function isComputed(graph: Graph, values: ReadonlyMap<TensorId, TensorData>, id: TensorId): boolean {
  return values.has(id) && graph.tensors[id]?.data === undefined;
}

function refuseOpen(node: Node): never {
  return unsupportedFeature(
    `the shape that ${node.kind} gives depends on the values of an input of the model`,
    node.origin,
    'give the layer a fixed shape in the source model and convert it again',
  );
}

const VALUE_TYPES: ReadonlySet<DataType> = new Set<DataType>(['int32', 'int64', 'bool', 'float32']);

function computeValues(node: Node, tensors: readonly Tensor[], values: Map<TensorId, TensorData>): void {
  // A shape is known without the values of its tensor.
  const reads = node.kind === 'SHAPE' ? [] : node.inputs.filter((id) => id !== null);
  const isSmall = (id: TensorId): boolean => {
    const tensor = tensors[id];
    return tensor !== undefined && VALUE_TYPES.has(tensor.dtype) && elementCount(tensor.shape) <= LONGEST_VALUE;
  };
  if (!reads.every((id) => values.has(id)) || ![...reads, ...node.outputs].every(isSmall)) return;
  const inputs = node.inputs.map((id): Operand | undefined =>
    id === null ? undefined : { ...tensors[id]!, data: values.get(id) ?? allocate('int8', 0) },
  );
  const outputs = node.outputs.map((id): Operand => {
    const tensor = tensors[id]!;
    return { ...tensor, data: allocate(tensor.dtype, elementCount(tensor.shape)) };
  });
  const kernel = kernelOf(node, inputs, outputs);
  if (kernel === undefined) return;
  kernel({ attributes: node.attributes, inputs, outputs, rounding: 'double' });
  node.outputs.forEach((id, position) => values.set(id, outputs[position]!.data));
}

/** Undefined where the language has no kernel for the types: the value is then not known, which is no fault yet. */
function kernelOf(
  node: Node,
  inputs: readonly (Operand | undefined)[],
  outputs: readonly Operand[],
): Kernel<object> | undefined {
  try {
    return kernelFor(node, inputs, outputs);
  } catch (error) {
    if (error instanceof WherryError) return undefined;
    throw error;
  }
}
