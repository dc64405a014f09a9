// Lets a convolution do the padding that a PAD before it does, where TFLite's SAME comes to the same places.
import { GraphEditor, slidingWindow, tensorAt, type Graph, type Node, type NodeOf } from '@wherry/graph';
import { writerOf } from './neighbours.js';
import type { Rewrite } from './rewrite.js';

type Convolution = NodeOf<'CONV_2D'> | NodeOf<'DEPTHWISE_CONV_2D'>;

export const fusePad: Rewrite = {
  name: 'fuse-pad',
  what: 'fused zero padding into the convolutions behind it',
  apply(graph) {
    const editor = new GraphEditor(graph);
    let changed = false;
    for (const node of graph.nodes) {
      if (node.kind !== 'CONV_2D' && node.kind !== 'DEPTHWISE_CONV_2D') continue;
      const pad = writerOf(graph, node.inputs[0]!);
      if (pad?.kind !== 'PAD' || !equalsSame(graph, node, pad)) continue;
      const inputs = [pad.inputs[0]!, ...node.inputs.slice(1)];
      editor.replaceNode(node, { ...node, inputs, attributes: { ...node.attributes, padding: 'SAME' } } as Node);
      changed = true;
    }
    return changed ? editor.finish() : graph;
  },
};

function equalsSame(graph: Graph, node: Convolution, pad: Node): boolean {
  const paddings = tensorAt(graph, pad.inputs[1]!).data;
  const { padding, strideH, strideW, dilationH, dilationW } = node.attributes;
  if (paddings === undefined || padding !== 'VALID') return false;
  const [batchBefore, batchAfter, top, , left, , channelBefore, channelAfter] = Array.from(paddings, Number);
  if (batchBefore !== 0 || batchAfter !== 0 || channelBefore !== 0 || channelAfter !== 0) return false;
  const [, inputH, inputW] = tensorAt(graph, pad.inputs[0]!).shape;
  const [, filterH, filterW] = tensorAt(graph, node.inputs[1]!).shape;
  const [, outputH, outputW] = tensorAt(graph, node.outputs[0]!).shape;
  const vertical = slidingWindow(inputH!, filterH!, strideH, dilationH, 'SAME');
  const horizontal = slidingWindow(inputW!, filterW!, strideW, dilationW, 'SAME');
  // Same first window and same number of windows: what the PAD adds behind is zeros that SAME implies or nobody reads.
  return (
    vertical.before === top &&
    horizontal.before === left &&
    vertical.outputSize === outputH &&
    horizontal.outputSize === outputW
  );
}
