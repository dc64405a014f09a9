// Feeds a fully connected layer the unflattened tensor: it reads its input as rows of its own depth anyway.
import { elementCount, GraphEditor, operatorOf, tensorAt, type Graph, type Node } from '@wherry/graph';
import { writerOf } from './neighbours.js';
import type { Rewrite } from './rewrite.js';

export const absorbFlatten: Rewrite = {
  name: 'absorb-flatten',
  what: 'dropped reshapes before fully connected layers, which flatten by themselves',
  apply(graph) {
    const editor = new GraphEditor(graph);
    let changed = false;
    for (const node of graph.nodes) {
      if (node.kind !== 'FULLY_CONNECTED' || node.attributes.keepNumDims) continue;
      const flatten = writerOf(graph, node.inputs[0]!);
      if (
        flatten === undefined ||
        operatorOf(flatten.kind).traits.sameBytes !== true ||
        !keepsRows(graph, node, flatten)
      )
        continue;
      editor.replaceNode(node, { ...node, inputs: [flatten.inputs[0]!, ...node.inputs.slice(1)] });
      changed = true;
    }
    return changed ? editor.finish() : graph;
  },
};

/** The runtime counts batches as elements / depth; that must come to what the flattened input said. */
function keepsRows(graph: Graph, node: Node, flatten: Node): boolean {
  const input = tensorAt(graph, flatten.inputs[0]!);
  const depth = tensorAt(graph, node.inputs[1]!).shape[1]!;
  const output = tensorAt(graph, node.outputs[0]!).shape;
  return output.length === 2 && output[0] === elementCount(input.shape) / depth && input.shape.length >= 2;
}
