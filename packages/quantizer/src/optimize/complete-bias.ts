// Gives convolutions without a bias one of zeros: TensorFlow Lite's int8 kernels refuse them otherwise.
import { GraphEditor, type Graph } from '@wherry/graph';
import type { Rewrite } from './rewrite.js';
import { weightedLayer, withWeights } from './weighted-layer.js';

export const completeBias: Rewrite = {
  name: 'complete-bias',
  what: 'gave convolutions without a bias one of zeros, which int8 kernels of TensorFlow Lite ask for',
  apply(graph: Graph): Graph {
    const bare = graph.nodes.flatMap((node) => {
      if ((node.kind !== 'CONV_2D' && node.kind !== 'DEPTHWISE_CONV_2D') || (node.inputs[2] ?? null) !== null)
        return [];
      return weightedLayer(graph, node) ?? [];
    });
    if (bare.length === 0) return graph;
    const editor = new GraphEditor(graph);
    for (const layer of bare) editor.replaceNode(layer.node, withWeights(editor, layer, { bias: layer.bias }));
    return editor.finish();
  },
};
