// Computes now whatever does not depend on an input: shapes, packed indices, constants of arithmetic.
import {
  allocate,
  elementCount,
  GraphEditor,
  kernelFor,
  tensorAt,
  type Graph,
  type Node,
  type Operand,
  type TensorData,
} from '@wherry/graph';
import type { Rewrite } from './rewrite.js';

/** A folded constant lands in flash; broadcasting a few bytes to more than this would cost more than it saves. */
const greatestGrowth = 65_536;

export const foldConstants: Rewrite = {
  name: 'fold-constants',
  what: 'computed what depends on no input',
  apply: (graph) => foldWhere(graph, () => true),
};

/** Of the nodes that depend on no input those that `mayFold`. */
export function foldWhere(graph: Graph, mayFold: (node: Node) => boolean): Graph {
  const values = new Map<number, TensorData>();
  graph.tensors.forEach((tensor, id) => tensor.data !== undefined && values.set(id, tensor.data));
  const folded = graph.nodes.filter((node) => mayFold(node) && foldNode(graph, node, values));
  if (folded.length === 0) return graph;
  const editor = new GraphEditor(graph);
  for (const node of folded) {
    editor.removeNode(node);
    for (const id of node.outputs) editor.setConstant(id, values.get(id)!);
  }
  return editor.finish();
}

function foldNode(graph: Graph, node: Node, values: Map<number, TensorData>): boolean {
  if (node.outputs.some((id) => graph.outputs.includes(id))) return false;
  // A shape is known without its tensor's values: dimensions are static in this language.
  const needsValues = node.kind !== 'SHAPE';
  if (needsValues && node.inputs.some((id) => id !== null && !values.has(id))) return false;
  const operandOf = (id: number): Operand => ({ ...tensorAt(graph, id), data: values.get(id) ?? allocate('int8', 0) });
  const inputs = node.inputs.map((id) => (id === null ? undefined : operandOf(id)));
  const outputs = node.outputs.map((id): Operand => {
    const tensor = tensorAt(graph, id);
    return { ...tensor, data: allocate(tensor.dtype, elementCount(tensor.shape)) };
  });
  const bytes = (operands: readonly (Operand | undefined)[]): number =>
    operands.reduce((sum, operand) => sum + (operand?.data.byteLength ?? 0), 0);
  if (bytes(outputs) > bytes(inputs) + greatestGrowth) return false;
  kernelFor(node, inputs, outputs)({ attributes: node.attributes, inputs, outputs, rounding: 'double' });
  node.outputs.forEach((id, position) => values.set(id, outputs[position]!.data));
  return true;
}
