// Folds per-channel arithmetic into the weights of the layer that reads it, where padding does not forbid it.
import { GraphEditor, tensorAt, type Graph, type Node, type TensorId } from '@wherry/graph';
import { isReshape } from './merge-reshapes.js';
import { onlyReader } from './neighbours.js';
import { channelArithmetic, type ChannelArithmetic } from './per-channel-constant.js';
import { untilNone, type Rewrite } from './rewrite.js';
import { channelOf, inputChannelOf, weightedLayer, withWeights, type WeightedLayer } from './weighted-layer.js';

export const foldIntoFollowing: Rewrite = {
  name: 'fold-into-following',
  what: 'folded scale and shift into the weights of the layer behind',
  apply: untilNone(findFold, fold),
};

interface Fold {
  readonly layer: WeightedLayer;
  readonly arithmetic: ChannelArithmetic;
}

function findFold(graph: Graph): Fold | undefined {
  for (const node of graph.nodes) {
    const arithmetic = channelArithmetic(graph, node);
    if (arithmetic === undefined || arithmetic.activation !== 'NONE') continue;
    const reader = readerBehindReshapes(graph, node.outputs[0]!);
    const layer = reader === undefined ? undefined : weightedLayer(graph, reader.node);
    if (layer === undefined || layer.node.inputs[0] !== reader!.reads) continue;
    if (inputChannels(graph, layer) === arithmetic.scale.length && survivesPadding(layer.node, arithmetic))
      return { layer, arithmetic };
  }
  return undefined;
}

/** Who alone reads `id`, if need be in another shape with the same channels. */
function readerBehindReshapes(
  graph: Graph,
  id: TensorId,
): { readonly node: Node; readonly reads: TensorId } | undefined {
  const node = onlyReader(graph, id);
  if (node === undefined || !isReshape(node)) return node && { node, reads: id };
  const [output] = node.outputs as readonly [TensorId];
  const keepsChannels = tensorAt(graph, output).shape.at(-1) === tensorAt(graph, id).shape.at(-1);
  return keepsChannels ? readerBehindReshapes(graph, output) : undefined;
}

function inputChannels(graph: Graph, { node }: WeightedLayer): number {
  const { shape } = tensorAt(graph, node.inputs[0]!);
  // A fully connected layer may flatten more than one dimension: then a channel is not an input feature.
  if (node.kind === 'FULLY_CONNECTED' && shape.at(-1) !== tensorAt(graph, node.inputs[1]!).shape[1]) return -1;
  return shape.at(-1)!;
}

/** Padding puts zeros in: 0 * scale is 0, but 0 + shift is not. */
function survivesPadding(node: Node, { shift }: ChannelArithmetic): boolean {
  const padding = (node.attributes as { readonly padding?: string }).padding;
  return padding !== 'SAME' || shift.every((term) => term === 0);
}

/** sum w (x s + t) + b = sum (w s) x + (b + sum w t), computed in doubles and rounded once. */
function fold(graph: Graph, { layer, arithmetic }: Fold): Graph {
  const { scale, shift } = arithmetic;
  const bias = Float64Array.from(layer.bias);
  const weights = new Float32Array(layer.weights.length);
  for (let i = 0; i < weights.length; i++) {
    const weight = layer.weights[i]!;
    const input = inputChannelOf(layer, i, scale.length);
    weights[i] = weight * scale[input]!;
    bias[channelOf(layer, i)]! += weight * shift[input]!;
  }
  const editor = new GraphEditor(graph);
  editor.replaceNode(layer.node, withWeights(editor, layer, { weights, bias: Float32Array.from(bias) }));
  editor.removeNode(arithmetic.node);
  editor.replaceUses(arithmetic.node.outputs[0]!, arithmetic.input);
  return editor.finish();
}
