// Lets a reshape of a reshape read what the first one read, and one reshape do for two that do the same.
import {
  GraphEditor,
  operatorOf,
  sameShape,
  tensorAt,
  type Graph,
  type Node,
  type Shape,
  type TensorId,
} from '@wherry/graph';
import { writerOf } from './neighbours.js';
import type { Rewrite } from './rewrite.js';

export const mergeReshapes: Rewrite = {
  name: 'merge-reshapes',
  what: 'made one reshape of those that follow each other or do the same',
  apply(graph) {
    const editor = new GraphEditor(graph);
    let changed = false;
    for (const node of graph.nodes) {
      if (!isReshape(node)) continue;
      const twin = graph.nodes.find((other) => doesTheSame(graph, other, node));
      if (twin !== node && !graph.outputs.includes(node.outputs[0]!)) {
        editor.replaceUses(node.outputs[0]!, twin!.outputs[0]!);
        editor.removeNode(node);
        changed = true;
        continue;
      }
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

function doesTheSame(graph: Graph, one: Node, other: Node): boolean {
  const shapeOf = ({ outputs }: Node): Shape => tensorAt(graph, outputs[0]!).shape;
  return isReshape(one) && one.inputs[0] === other.inputs[0] && sameShape(shapeOf(one), shapeOf(other));
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
