// Finds layers whose output channels may be scaled, and the layers behind them that can take the scaling out again.
import {
  activationBounds,
  operatorOf,
  tensorAt,
  type FusedActivation,
  type Graph,
  type Node,
  type TensorId,
} from '@wherry/graph';
import { onlyReader } from '../optimize/neighbours.js';
import { isDepthwise, weightedLayer, type WeightedLayer } from '../optimize/weighted-layer.js';

export interface ChannelPair {
  readonly producer: WeightedLayer;
  readonly consumer: WeightedLayer;
  /** From what the producer writes to what the consumer reads, channels last; one tensor when nothing is in between. */
  readonly tensors: readonly TensorId[];
  readonly channels: number;
  /** Where the producer's activation clamps from above; Infinity where it does not. */
  readonly bound: number;
}

/** In the order of the producers. Every tensor in between has one reader and is no output of the graph. */
export function channelPairs(graph: Graph): ChannelPair[] {
  return graph.nodes.flatMap((node) => {
    const producer = ownLayer(graph, node);
    if (producer === undefined || !isHomogeneousUpToBound(node)) return [];
    const { tensors, reader } = followChannels(graph, node.outputs[0]!, producer.channels);
    const consumer = reader === undefined ? undefined : ownLayer(graph, reader);
    if (
      consumer === undefined ||
      consumer.node.inputs[0] !== tensors.at(-1) ||
      !readsChannels(consumer, producer.channels)
    )
      return [];
    return [{ producer, consumer, tensors, channels: producer.channels, bound: boundsOf(node)[1] }];
  });
}

/** All tensors whose channels some pair could scale. */
export function scalableTensors(graph: Graph): TensorId[] {
  return channelPairs(graph).flatMap(({ tensors }) => tensors);
}

/** A layer with weights and bias that nothing else reads. */
function ownLayer(graph: Graph, node: Node): WeightedLayer | undefined {
  const layer = weightedLayer(graph, node);
  if (layer === undefined || (node.inputs[2] ?? null) === null) return undefined;
  const isOwn = (id: TensorId): boolean =>
    graph.nodes.filter(({ inputs }) => inputs.includes(id)).length === 1 && !graph.outputs.includes(id);
  return node.inputs.slice(1).every((id) => isOwn(id!)) ? layer : undefined;
}

/** f(s x) = s f(x) for s > 0 as far as s f(x) stays below the upper bound. */
function isHomogeneousUpToBound(node: Node): boolean {
  const [least] = boundsOf(node);
  return least === 0 || least === -Infinity;
}

/** For every x: true of no activation and of RELU. */
function isHomogeneous(node: Node): boolean {
  return isHomogeneousUpToBound(node) && boundsOf(node)[1] === Infinity;
}

function boundsOf({ attributes }: Node): readonly [number, number] {
  return activationBounds((attributes as { readonly activation?: FusedActivation }).activation ?? 'NONE');
}

/** Follows a tensor through operators that treat every channel by itself and without a constant, to the reader behind them. */
function followChannels(
  graph: Graph,
  start: TensorId,
  channels: number,
): { readonly tensors: readonly TensorId[]; readonly reader: Node | undefined } {
  const tensors = [start];
  for (;;) {
    const reader = onlyReader(graph, tensors.at(-1)!);
    if (reader === undefined || !keepsChannels(graph, reader, channels)) return { tensors, reader };
    tensors.push(reader.outputs[0]!);
  }
}

/** With the same last dimension on both sides, channels stay where they are. */
function keepsChannels(graph: Graph, node: Node, channels: number): boolean {
  const inputs = node.inputs.map((id) => (id === null ? undefined : tensorAt(graph, id)));
  const keeps =
    node.outputs.length === 1 &&
    tensorAt(graph, node.outputs[0]!).shape.at(-1) === channels &&
    inputs[0]?.shape.at(-1) === channels;
  return keeps && isHomogeneous(node) && operatorOf(node.kind).traits.scalesChannels?.(inputs) === true;
}

/** A depthwise layer has `channels` of its own per channel; a dense one may read several places of them in a row. */
function readsChannels(layer: WeightedLayer, read: number): boolean {
  return (isDepthwise(layer) ? layer.channels : layer.shape.at(-1)!) % read === 0;
}
