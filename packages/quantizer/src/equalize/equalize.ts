// Evens out the channels of tensors between layers, so that one scale serves them all: cross-layer equalization.
import { weightedOperands, type ChannelMoments, type Graph, type Node, type TensorId } from '@wherry/graph';
import type { Calibration } from '../calibrate/calibrate.js';
import { inputChannelOf, scaledRows, weightedLayer } from '../optimize/weighted-layer.js';
import { channelPairs, type ChannelPair } from './channel-pairs.js';
import { byteGrids, channelScales, type PairGrids } from './channel-scales.js';
import { withHeadroom } from './headroom.js';

export interface Equalized {
  /**
   * Computes what the graph did, up to float rounding, as far as no channel in front of a clamp (RELU6) goes beyond what it is
   * taken to reach: there it is cut off, as by the end of a range. Tensors and nodes keep their places.
   */
  readonly graph: Graph;
  /** Of the new graph, out of what was collected of the old one. */
  readonly calibration: Calibration;
  /** Pairs of layers between which channels were scaled. */
  readonly pairs: number;
}

/**
 * Multiplies a layer's rows by a factor per channel and divides the columns of the layer behind by it, wherever that is
 * foretold to bring the noise of quantization down. The idea is that of Data-Free Quantization, section 4.1. Undefined when
 * there is nothing to gain. `evidence`: how many samples, as far as they differ, the ranges come from.
 */
export function equalize(
  graph: Graph,
  calibration: Calibration,
  evidence: number,
  grids: PairGrids = byteGrids,
): Equalized | undefined {
  const statistics = new Map(calibration.statistics);
  let equalized = graph;
  let pairs = 0;
  for (const found of channelPairs(graph)) {
    // The consumer of one pair is the producer of the next.
    const pair = {
      ...found,
      producer: weightedLayer(equalized, found.producer.node)!,
      consumer: weightedLayer(equalized, found.consumer.node)!,
    };
    const channels = pair.tensors.map((id) => calibration.channelsOf(id));
    const written = withHeadroom(found.producer, channels[0]!, evidence);
    const scales = channelScales(pair, { written, power: channels.at(-1)!.power }, grids);
    if (scales === undefined) continue;
    equalized = scaledChannels(equalized, pair, scales);
    pair.tensors.forEach((id, position) => {
      const known = statistics.get(id);
      if (known !== undefined) statistics.set(id, channels[position]!.scaled(known, scales));
    });
    pairs += 1;
  }
  return pairs === 0 ? undefined : { graph: equalized, calibration: { ...calibration, statistics }, pairs };
}

/** The same function, with the producer's channels times `scales`: layers of `pair` are those of `graph`. */
export function scaledChannels(
  graph: Graph,
  { producer, consumer, channels, tensors }: ChannelPair,
  scales: Float64Array,
): Graph {
  const columns = new Float32Array(consumer.weights.length);
  for (let i = 0; i < columns.length; i++)
    columns[i] = consumer.weights[i]! / scales[inputChannelOf(consumer, i, channels)]!;
  const data = new Map<TensorId, Float32Array>([
    [constantOf(producer.node, 'weights'), scaledRows(producer, scales)],
    [constantOf(producer.node, 'bias'), producer.bias.map((bias, c) => bias * scales[c]!)],
    [constantOf(consumer.node, 'weights'), columns],
  ]);
  return {
    ...graph,
    tensors: graph.tensors.map((tensor, id) => {
      if (data.has(id)) return { ...tensor, data: data.get(id)! };
      return tensors.includes(id) ? { ...tensor, moments: scaledMoments(tensor.moments, scales) } : tensor;
    }),
  };
}

function scaledMoments(moments: ChannelMoments | undefined, scales: Float64Array): ChannelMoments | undefined {
  const scaled = (values: Float64Array): Float64Array => values.map((value, channel) => value * scales[channel]!);
  return moments && { mean: scaled(moments.mean), deviation: scaled(moments.deviation) };
}

function constantOf(node: Node, role: 'weights' | 'bias'): TensorId {
  return node.inputs[weightedOperands(node.kind)![role]!]!;
}
