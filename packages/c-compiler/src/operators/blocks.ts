// Filters in the order in which kernels/portable/conv-2d-s8.h reads them.

/** Filters [channels of a group, `length`], one group after the other, with four channels side by side as far as they go. */
export function inBlocks(weights: Int8Array, channels: number, length: number): Int8Array {
  const packed = new Int8Array(weights.length);
  let to = 0;
  for (let group = 0; group * channels * length < weights.length; group++) {
    let channel = 0;
    for (; channel + 4 <= channels; channel += 4)
      for (let k = 0; k < length; k++)
        for (let r = 0; r < 4; r++) packed[to++] = weights[(group * channels + channel + r) * length + k]!;
    for (; channel < channels; channel++)
      for (let k = 0; k < length; k++) packed[to++] = weights[(group * channels + channel) * length + k]!;
  }
  return packed;
}
