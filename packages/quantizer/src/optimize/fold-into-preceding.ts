// Folds per-channel arithmetic into the weights and bias of the layer that it follows: BatchNormalization, mostly.
import { GraphEditor, operatorOf, type Graph, type Node } from '@wherry/graph';
import { channelArithmetic, type ChannelArithmetic } from './per-channel-constant.js';
import { untilNone, type Rewrite } from './rewrite.js';
import { hasNoActivation, onlyReader, writerOf } from './neighbours.js';
import { scaledRows, weightedLayer, withWeights, type WeightedLayer } from './weighted-layer.js';

export const foldIntoPreceding: Rewrite = {
  name: 'fold-into-preceding',
  what: 'folded scale and shift (BatchNormalization) into the weights of the layer before',
  apply: untilNone(findFold, fold),
};

interface Fold {
  readonly layer: WeightedLayer;
  readonly arithmetic: ChannelArithmetic;
}

function findFold(graph: Graph): Fold | undefined {
  for (const node of graph.nodes) {
    const arithmetic = channelArithmetic(graph, node);
    if (arithmetic === undefined) continue;
    const writer = writerOf(graph, arithmetic.input);
    const layer = writer === undefined ? undefined : weightedLayer(graph, writer);
    if (layer === undefined || !hasNoActivation(layer.node) || onlyReader(graph, arithmetic.input) !== node) continue;
    if (arithmetic.scale.length === layer.channels && mayEndWith(layer.node, arithmetic)) return { layer, arithmetic };
  }
  return undefined;
}

/** Not every layer is computed with an activation by every runtime, though the format has a field for it. */
function mayEndWith({ kind }: Node, { activation }: ChannelArithmetic): boolean {
  return activation === 'NONE' || operatorOf(kind).traits.acceptsFusedActivation === true;
}

/** (w x + b) s + t = (w s) x + (b s + t), computed in doubles and rounded once. */
function fold(graph: Graph, { layer, arithmetic }: Fold): Graph {
  const { scale, shift, activation } = arithmetic;
  const editor = new GraphEditor(graph);
  const folded = withWeights(editor, layer, {
    weights: scaledRows(layer, scale),
    bias: layer.bias.map((bias, c) => bias * scale[c]! + shift[c]!),
    outputs: arithmetic.node.outputs,
  });
  editor.replaceNode(layer.node, { ...folded, attributes: { ...folded.attributes, activation } } as Node);
  editor.removeNode(arithmetic.node);
  return editor.finish();
}
