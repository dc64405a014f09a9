// How far to even out the channels of a tensor: by the noise that its integers and the next layer's weights will have.
import { channelOf, inputChannelOf, isDepthwise } from '../optimize/weighted-layer.js';
import { byteGrid, coveredBy, gridOf, type NumberGrid } from '../calibrate/number-grid.js';
import { affine } from '../plan/number-format.js';
import type { ChannelPair } from './channel-pairs.js';

/** Per channel, 0 included. */
export interface ChannelEnds {
  readonly min: Float64Array;
  readonly max: Float64Array;
}

export interface PairStatistics {
  /** Of what the producer writes. */
  readonly written: ChannelEnds;
  /** Mean square, per channel, of what the consumer reads. */
  readonly power: Float64Array;
}

/** What the channels and the weights that read them are written in. */
export interface PairGrids {
  readonly activations: NumberGrid;
  readonly weights: NumberGrid;
}

export const byteGrids: PairGrids = { activations: byteGrid, weights: gridOf(affine('int8', { symmetric: true })) };

/** Powers of a channel's own range, and of the weights that read it, that are tried: [0, 0] changes nothing. */
const exponents: readonly (readonly [number, number])[] = [0, 0.25, 0.5, 0.75, 1].flatMap((range) =>
  [0, 0.25, 0.5].map((weight) => [range, weight] as const),
);

/** A channel is made at most this much larger or smaller: beyond, its own weights or those that read it lose their meaning. */
const greatestScale = 64;

/** Less gain than this is within what other samples would say. */
const leastGain = 0.05;

/** What the noise behind a pair depends on, per channel. */
interface Sensitivity {
  /** Sum of squares of the weights that read the channel. */
  readonly weightPower: Float64Array;
  /** Per output of the consumer and channel: the greatest magnitude of a weight. One output for all when each reads one channel. */
  readonly greatest: readonly Float64Array[];
}

/** Factors for the producer's channels that bring the predicted noise down most; undefined when none brings it down enough. */
export function channelScales(
  pair: ChannelPair,
  { written, power }: PairStatistics,
  grids: PairGrids = byteGrids,
): Float64Array | undefined {
  const sensitivity = sensitivityOf(pair);
  const reach = written.max.map((max, c) => Math.max(max, -written.min[c]!));
  const weight = Float64Array.from(reach, (_, c) =>
    sensitivity.greatest.reduce((most, row) => Math.max(most, row[c]!), 0),
  );
  const noiseOf = (scales: Float64Array): number =>
    activationNoise(scales, written, sensitivity, grids) + weightNoise(scales, power, sensitivity, grids);
  const identity = new Float64Array(pair.channels).fill(1);
  let best = { scales: identity, noise: noiseOf(identity) * (1 - leastGain) };
  for (const [rangePower, weightPower] of exponents) {
    const byWeight = evened(weight, weightPower);
    const scales = evened(reach, -rangePower).map((scale, c) =>
      scaleWithin(scale * byWeight[c]!, reach[c]!, pair.bound),
    );
    const noise = noiseOf(scales);
    if (noise < best.noise) best = { scales, noise };
  }
  return best.scales === identity ? undefined : best.scales;
}

/** (value / greatest value) ^ power; 1 for channels in which nothing ever happens. */
function evened(values: Float64Array, power: number): Float64Array {
  const greatest = values.reduce((most, value) => Math.max(most, value), 0);
  return values.map((value) => (value > 0 ? (value / greatest) ** power : 1));
}

/** What an activation clamps stays as it is, and nothing that it does not clamp is brought so far that it would. */
function scaleWithin(scale: number, reach: number, bound: number): number {
  if (reach >= bound) return 1;
  return Math.min(greatestScale, Math.max(1 / greatestScale, scale), bound / reach);
}

/** Steps of the shared scale, squared / 12, as far as the weights behind, divided by the channel's factor, carry them on. */
function activationNoise(
  scales: Float64Array,
  { min, max }: ChannelEnds,
  { weightPower }: Sensitivity,
  { activations }: PairGrids,
): number {
  let [low, high] = [0, 0];
  let carried = 0;
  scales.forEach((scale, c) => {
    low = Math.min(low, scale * min[c]!);
    high = Math.max(high, scale * max[c]!);
    carried += weightPower[c]! / scale ** 2;
  });
  const covered = coveredBy({ min: low, max: high }, activations);
  return (((covered.max - covered.min) / activations.steps) ** 2 / 12) * carried;
}

/** Steps of each output's weights, squared / 12, times the power of what they multiply. */
function weightNoise(
  scales: Float64Array,
  power: Float64Array,
  { greatest }: Sensitivity,
  { weights }: PairGrids,
): number {
  let carried = 0;
  for (let c = 0; c < power.length; c++) carried += power[c]! * scales[c]! ** 2;
  let steps = 0;
  for (const row of greatest) {
    let most = 0;
    for (let c = 0; c < row.length; c++) if (row[c]! > most * scales[c]!) most = row[c]! / scales[c]!;
    steps += most ** 2;
  }
  return (steps / (weights.steps / 2) ** 2 / 12) * carried;
}

/** By the consumer's weights: the same pair is looked at with the statistics of all samples and of either half. */
const remembered = new WeakMap<Float32Array, Sensitivity>();

function sensitivityOf(pair: ChannelPair): Sensitivity {
  const known = remembered.get(pair.consumer.weights);
  if (known?.weightPower.length === pair.channels) return known;
  const measured = measureSensitivity(pair);
  remembered.set(pair.consumer.weights, measured);
  return measured;
}

function measureSensitivity({ consumer, channels }: ChannelPair): Sensitivity {
  const weightPower = new Float64Array(channels);
  // A depthwise layer has a scale per channel: whatever a channel is multiplied by, its weights lose nothing.
  const greatest = isDepthwise(consumer)
    ? []
    : Array.from({ length: consumer.channels }, () => new Float64Array(channels));
  for (let i = 0; i < consumer.weights.length; i++) {
    const magnitude = Math.abs(consumer.weights[i]!);
    const channel = inputChannelOf(consumer, i, channels);
    weightPower[channel]! += magnitude * magnitude;
    const row = greatest[channelOf(consumer, i)];
    if (row !== undefined && magnitude > row[channel]!) row[channel] = magnitude;
  }
  return { weightPower, greatest };
}
