// Filters as the kernels read them: pairs of int16 that are multiplied and added at once, eight channels side by side.
import { blockChannels, weightPairBytes } from './layout.js';

const pairValues = weightPairBytes / 2;

/** `weights`: [channels, taps, length] to [blocks, taps, pairs, 8 channels, 2], filled up with zeros. */
export function packFilters(weights: Int8Array, channels: number, taps: number, length: number): Int16Array {
  const pairs = Math.ceil(length / 2);
  const packed = new Int16Array(Math.ceil(channels / blockChannels) * taps * pairs * pairValues);
  for (let channel = 0, from = 0; channel < channels; channel++) {
    const lane = 2 * (channel % blockChannels);
    for (let tap = 0; tap < taps; tap++) {
      const to = (Math.floor(channel / blockChannels) * taps + tap) * pairs * pairValues + lane;
      for (let k = 0; k < length; k++) packed[to + (k >> 1) * pairValues + (k & 1)] = weights[from++]!;
    }
  }
  return packed;
}

/** `weights`: [taps, channels] to [blocks, pairs of taps, 8 channels, 2], filled up with zeros. */
export function packDepthwise(weights: Int8Array, taps: number, channels: number): Int16Array {
  const pairs = Math.ceil(taps / 2);
  const packed = new Int16Array(Math.ceil(channels / blockChannels) * pairs * pairValues);
  for (let tap = 0, from = 0; tap < taps; tap++) {
    for (let channel = 0; channel < channels; channel++) {
      const block = Math.floor(channel / blockChannels);
      packed[(block * pairs + (tap >> 1)) * pairValues + 2 * (channel % blockChannels) + (tap & 1)] = weights[from++]!;
    }
  }
  return packed;
}
