// Tensors that a file gives an operator besides inputs and outputs.
import { tensorAt, type Graph, type Node } from './ir.js';
import type { OperandSpec } from './op-definition.js';
import { operatorOf } from './ops/index.js';

/** They hold nothing: types and scales for the runtime's own use. */
export function intermediatesOf(graph: Graph, node: Node): readonly OperandSpec[] {
  const { tflite } = operatorOf(node.kind);
  const context = {
    attributes: node.attributes,
    inputs: node.inputs.map((id) => (id === null ? undefined : tensorAt(graph, id))),
    outputs: node.outputs.map((id) => tensorAt(graph, id)),
  };
  return tflite.intermediates?.(context) ?? [];
}
