// Finds the channels that have to stay: from the outputs backwards, until nothing more is asked for.
import { type Graph, type Node } from '@wherry/graph';
import { isBounded } from '../bounds/channel-bounds.js';
import type { GraphBounds } from '../bounds/bound-graph.js';
import { integerLayer, type FilterNode, type IntegerLayer } from '../integer-layer.js';
import { ChannelNeeds } from './channel-needs.js';
import { activationsOf, channelTies, type TiedTensor } from './channel-ties.js';
import { fixedShare, sumsHold } from './filter-needs.js';

/** The least sets for which every layer computes what it did. Every tensor keeps a channel. */
export function neededChannels(graph: Graph, bounds: GraphBounds): ChannelNeeds {
  const needs = new ChannelNeeds(graph);
  for (const id of [...graph.inputs, ...graph.outputs]) needs.markAll(id);
  graph.tensors.forEach((tensor, id) => {
    // Only quantized integers are reasoned about.
    if (tensor.data === undefined && !isBounded(tensor)) needs.markAll(id);
  });
  const layers = new Map<Node, IntegerLayer | undefined>();
  do {
    settle(graph, bounds, needs, layers);
  } while (keepOne(graph, needs));
  return needs;
}

function settle(
  graph: Graph,
  bounds: GraphBounds,
  needs: ChannelNeeds,
  layers: Map<Node, IntegerLayer | undefined>,
): void {
  for (let before = -1; before !== needs.marked;) {
    before = needs.marked;
    for (const node of graph.nodes.toReversed()) {
      const ties = activationsOf(graph, node).length === 0 ? 'pinned' : channelTies[node.kind](graph, node);
      if (ties === 'pinned') [...activationsOf(graph, node), ...node.outputs].forEach((id) => needs.markAll(id));
      else if (ties !== 'filter') tie(needs, ties);
      else {
        if (!layers.has(node)) layers.set(node, integerLayer(graph, node as FilterNode));
        ask(graph, bounds, needs, node, layers.get(node));
      }
    }
  }
}

function tie(needs: ChannelNeeds, tensors: readonly TiedTensor[]): void {
  // Class -1 is always there.
  const asked = new Set([-1]);
  for (const { id, classOf } of tensors)
    needs.of(id).forEach((needed, channel) => needed === 1 && asked.add(classOf(channel)));
  for (const { id, classOf } of tensors)
    needs.of(id).forEach((_, channel) => asked.has(classOf(channel)) && needs.mark(id, channel));
}

/** What a layer asks of its input for the outputs that are asked of it. */
function ask(
  graph: Graph,
  bounds: GraphBounds,
  needs: ChannelNeeds,
  node: Node,
  layer: IntegerLayer | undefined,
): void {
  const [input, output] = [node.inputs[0]!, node.outputs[0]!];
  if (layer === undefined) {
    [...activationsOf(graph, node), output].forEach((id) => needs.markAll(id));
    return;
  }
  if (keepsTwo(layer)) {
    // One row left would make its weights' scales a single one, which runtimes compute by another kernel.
    for (let o = 0; o < Math.min(2, layer.outputs); o++) if (needs.kept(output).length < 2) needs.mark(output, o);
  }
  const outputs = needs.kept(output);
  const known = bounds.get(input);
  const missing = (): number[] =>
    Array.from(needs.of(input).keys()).filter((channel) => !needs.isNeeded(input, channel));
  for (const channel of missing())
    if (outputs.some((o) => fixedShare(layer, known, channel, o) === undefined)) needs.mark(input, channel);
  const removed = missing();
  if (outputs.every((o) => sumsHold(layer, known, removed, o))) return;
  // The sums would not hold it: whatever has a share in them stays.
  for (const channel of removed)
    if (outputs.some((o) => fixedShare(layer, known, channel, o) !== 0)) needs.mark(input, channel);
}

function keepsTwo({ node, filter }: IntegerLayer): boolean {
  return node.kind === 'FULLY_CONNECTED' && filter.quantization!.scale.length > 1;
}

/** Runtimes take no tensor without elements: the first that would have none keeps a channel. */
function keepOne(graph: Graph, needs: ChannelNeeds): boolean {
  for (const node of graph.nodes) {
    for (const id of [...activationsOf(graph, node), ...node.outputs]) {
      if (needs.of(id).length === 0 || needs.of(id).includes(1)) continue;
      needs.mark(id, 0);
      return true;
    }
  }
  return false;
}
