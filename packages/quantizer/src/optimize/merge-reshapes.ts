// Lets a reshape of a reshape read what the first one read: one of them is enough, or none.
import { GraphEditor, operatorOf, tensorAt, type Graph, type Node, type TensorId } from '@wherry/graph';
import { writerOf } from './neighbours.js';
import type { Rewrite } from './rewrite.js';

export const mergeReshapes: Rewrite = {
  name: 'merge-reshapes',
  what: 'made one reshape of those that follow each other',
  apply(graph) {
    const editor = new GraphEditor(graph);
    let changed = false;
    for (const node of graph.nodes) {
      if (!isReshape(node)) continue;
      const first = writerOf(graph, node.inputs[0]!);
      if (first === undefined || !isReshape(first)) continue;
      editor.replaceNode(node, reshaped(editor, graph, node, beforeReshapes(graph, first)));
      changed = true;
    }
    return changed ? editor.finish() : graph;
  },
};

export function isReshape({ kind }: Node): boolean {
  return operatorOf(kind).traits.sameBytes === true;
}

/** What the first of the reshapes that end with `last` reads. */
function beforeReshapes(graph: Graph, last: Node): TensorId {
  const writer = writerOf(graph, last.inputs[0]!);
  return writer !== undefined && isReshape(writer) ? beforeReshapes(graph, writer) : last.inputs[0]!;
}

/** SQUEEZE and EXPAND_DIMS say what is to become of the shape that they read: of another it would be something else. */
function reshaped(editor: GraphEditor, graph: Graph, node: Node, input: TensorId): Node {
  const { shape } = tensorAt(graph, node.outputs[0]!);
  const target = editor.addTensor({
    name: `${node.origin}/shape`,
    shape: [shape.length],
    dtype: 'int32',
    data: Int32Array.from(shape),
  });
  return { ...node, kind: 'RESHAPE', attributes: { newShape: [] }, inputs: [input, target] };
}
