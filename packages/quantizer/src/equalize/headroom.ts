// How far a channel may reach that the samples hardly woke: by what its weights let it do, as far as evidence is thin.
import { priorWeight } from '../prior-weight.js';
import type { WeightedLayer } from '../optimize/weighted-layer.js';
import { channelOf } from '../optimize/weighted-layer.js';
import type { ChannelEnds } from './channel-scales.js';

/**
 * Channels of one layer whose weights are alike in size reach alike over all that the network was made for; a few samples,
 * or many of one class, show that of the channels that they wake only. So a channel is taken to reach at least `prior` of
 * what the middle channel does in proportion to its weights, where `prior` goes from 1 without evidence towards 0.
 */
export function withHeadroom(producer: WeightedLayer, { min, max }: ChannelEnds, evidence: number): ChannelEnds {
  const prior = priorWeight(evidence);
  const size = sizes(producer);
  const ratios = Array.from(size, (each, c) => (each > 0 ? Math.max(max[c]!, -min[c]!) / each : 0)).sort(
    (a, b) => a - b,
  );
  const usual = ratios[Math.floor(ratios.length / 2)]!;
  const least = size.map((each) => prior * usual * each);
  // What never was negative (a ReLU's output) does not become so.
  return {
    min: min.map((value, c) => (value < 0 ? Math.min(value, -least[c]!) : value)),
    max: max.map((value, c) => Math.max(value, least[c]!)),
  };
}

/** Root of the sum of squares of each output channel's weights. */
function sizes(layer: WeightedLayer): Float64Array {
  const squares = new Float64Array(layer.channels);
  layer.weights.forEach((weight, i) => (squares[channelOf(layer, i)]! += weight * weight));
  return squares.map(Math.sqrt);
}
