// Drops operators that hand their input on unchanged.
import { GraphEditor, sameShape, tensorAt, type Graph, type Node } from '@wherry/graph';
import type { Rewrite } from './rewrite.js';

export const removeIdentities: Rewrite = {
  name: 'remove-identities',
  what: 'dropped operators that change nothing',
  apply(graph) {
    const identities = graph.nodes.filter((node) => isIdentity(graph, node) && canBypass(graph, node));
    if (identities.length === 0) return graph;
    const editor = new GraphEditor(graph);
    for (const node of identities) {
      editor.replaceUses(node.outputs[0]!, editor.currentOf(node.inputs[0]!));
      editor.removeNode(node);
    }
    return editor.finish();
  },
};

/** A graph output needs a writer of its own: it may not become another name of a graph input or of a constant. */
function canBypass(graph: Graph, node: Node): boolean {
  if (!graph.outputs.includes(node.outputs[0]!)) return true;
  const input = node.inputs[0]!;
  return graph.nodes.some((writer) => writer.outputs.includes(input)) && !graph.outputs.includes(input);
}

function isIdentity(graph: Graph, node: Node): boolean {
  const input = tensorAt(graph, node.inputs[0]!);
  const output = tensorAt(graph, node.outputs[0]!);
  if (!sameShape(input.shape, output.shape) || input.dtype !== output.dtype) return false;
  const constant = (position: number): readonly number[] => {
    const id = node.inputs[position];
    const data = id === null || id === undefined ? undefined : tensorAt(graph, id).data;
    return data === undefined ? [NaN] : Array.from(data, Number);
  };
  switch (node.kind) {
    case 'RESHAPE':
    case 'SQUEEZE':
    case 'EXPAND_DIMS':
      return true;
    case 'TRANSPOSE':
      return constant(1).every((axis, position) => axis === position);
    case 'PAD':
    case 'PADV2':
      return constant(1).every((padding) => padding === 0);
    case 'CONCATENATION':
      return node.inputs.length === 1 && node.attributes.activation === 'NONE';
    case 'MUL':
      return node.attributes.activation === 'NONE' && constant(1).every((factor) => factor === 1);
    case 'ADD':
    case 'SUB':
      return node.attributes.activation === 'NONE' && constant(1).every((term) => term === 0);
    default:
      return false;
  }
}
