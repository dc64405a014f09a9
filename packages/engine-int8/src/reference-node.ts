// A node without a kernel: the plain reference runs it.
import { allocate, elementCount, kernelFor, tensorAt, type Graph, type Node, type Operand, type TensorId } from '@wherry/graph';
import type { Run } from './step.js';

export function referenceRun(graph: Graph, node: Node): Run {
  return (values) => {
    for (const id of node.outputs) {
      const { dtype, shape } = tensorAt(graph, id);
      values[id] = allocate(dtype, elementCount(shape));
    }
    const operand = (id: TensorId): Operand => ({ ...tensorAt(graph, id), data: values[id]! });
    const inputs = node.inputs.map((id) => (id === null ? undefined : operand(id)));
    const outputs = node.outputs.map(operand);
    kernelFor(node, inputs, outputs)({ attributes: node.attributes, inputs, outputs, rounding: 'double' });
  };
}
