// Gives slices a begin, end and step for every dimension: TensorFlow Lite Micro reads that many, whether they are there or not.
import { GraphEditor, tensorAt, type Graph, type NodeOf, type Tensor, type TensorId } from '@wherry/graph';
import type { Rewrite } from './rewrite.js';

export const completeSlice: Rewrite = {
  name: 'complete-slice',
  what: 'gave slices of the first dimensions only a place for the others as well, which TensorFlow Lite Micro reads',
  apply(graph: Graph): Graph {
    const short = graph.nodes.flatMap((node) =>
      node.kind === 'STRIDED_SLICE' && placesOf(graph, node) < inputOf(graph, node).shape.length ? [node] : [],
    );
    if (short.length === 0) return graph;
    const editor = new GraphEditor(graph);
    for (const node of short) editor.replaceNode(node, completed(editor, graph, node));
    return editor.finish();
  },
};

function inputOf(graph: Graph, { inputs: [input] }: NodeOf<'STRIDED_SLICE'>): Tensor {
  return tensorAt(graph, input!);
}

function placesOf(graph: Graph, { inputs: [, begin] }: NodeOf<'STRIDED_SLICE'>): number {
  return tensorAt(graph, begin!).shape[0]!;
}

/** The dimensions that nothing was said of are taken whole. */
function completed(editor: GraphEditor, graph: Graph, node: NodeOf<'STRIDED_SLICE'>): NodeOf<'STRIDED_SLICE'> {
  const missing = inputOf(graph, node).shape.slice(placesOf(graph, node));
  const longer = (id: TensorId, values: readonly number[]): TensorId => {
    const tensor = tensorAt(graph, id);
    const data = Int32Array.of(...(tensor.data as Int32Array), ...values);
    return editor.addTensor({ ...tensor, shape: [data.length], data });
  };
  const [input, begin, end, strides] = node.inputs as readonly TensorId[];
  const ones = missing.map(() => 1);
  // Bits of dimensions that nothing was said of meant nothing so far.
  const known = (1 << placesOf(graph, node)) - 1;
  const { attributes: a } = node;
  return {
    ...node,
    attributes: {
      ...a,
      beginMask: a.beginMask & known,
      endMask: a.endMask & known,
      shrinkAxisMask: a.shrinkAxisMask & known,
    },
    inputs: [
      input!,
      longer(
        begin!,
        ones.map(() => 0),
      ),
      longer(end!, missing),
      longer(strides!, ones),
    ],
  };
}
