// Nodes that read constants alone: computed once, by the reference, before the graph is made ready.
import {
  allocate,
  elementCount,
  kernelFor,
  tensorAt,
  type Graph,
  type Operand,
  type TensorData,
  type TensorId,
} from '@wherry/graph';

/** float16 weights behind a DEQUANTIZE are float32 constants then, as the lowerings take them. Tensors keep their numbers. */
export function withConstantNodesComputed(graph: Graph): Graph {
  const known = new Map<TensorId, TensorData>();
  const dataOf = (id: TensorId): TensorData | undefined => known.get(id) ?? tensorAt(graph, id).data;
  const nodes = graph.nodes.filter((node) => {
    const ids = node.inputs.filter((id) => id !== null);
    if (ids.length === 0 || ids.some((id) => dataOf(id) === undefined)) return true;
    const inputs = node.inputs.map((id): Operand | undefined =>
      id === null ? undefined : { ...tensorAt(graph, id), data: dataOf(id)! },
    );
    const outputs = node.outputs.map((id): Operand => {
      const tensor = tensorAt(graph, id);
      return { ...tensor, data: allocate(tensor.dtype, elementCount(tensor.shape)) };
    });
    kernelFor(node, inputs, outputs)({ attributes: node.attributes, inputs, outputs, rounding: 'double' });
    node.outputs.forEach((id, position) => known.set(id, outputs[position]!.data));
    return false;
  });
  if (known.size === 0) return graph;
  const tensors = graph.tensors.map((tensor, id) => (known.has(id) ? { ...tensor, data: known.get(id)! } : tensor));
  return { ...graph, tensors, nodes };
}
