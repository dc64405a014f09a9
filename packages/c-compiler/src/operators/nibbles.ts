// Weights of 4 bits as kernels/portable/nibbles.h reads them: four to a word, the first in its lowest bits.

/** In their order; the last word is filled with zeros. */
export function inNibbles(weights: Int8Array): Uint16Array {
  const words = new Uint16Array(Math.ceil(weights.length / 4));
  weights.forEach((weight, i) => (words[i >> 2]! |= (weight & 15) << (4 * (i & 3))));
  return words;
}

/** Filters [channels of a group, `length`], one group after the other: four channels side by side as far as they go, then the others. */
export function inNibbleBlocks(weights: Int8Array, channels: number, length: number): Uint16Array {
  const inBlocks = channels - (channels % 4);
  const words: number[] = [];
  for (let group = 0; group < weights.length; group += channels * length) {
    for (let channel = 0; channel < inBlocks; channel += 4)
      for (let k = 0; k < length; k++) {
        const four = Int8Array.from({ length: 4 }, (_, r) => weights[group + (channel + r) * length + k]!);
        words.push(...inNibbles(four));
      }
    words.push(...inNibbles(weights.subarray(group + inBlocks * length, group + channels * length)));
  }
  return Uint16Array.from(words);
}
