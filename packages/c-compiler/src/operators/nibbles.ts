// Weights of 4 bits as kernels read them: four to a word, as in portable/nibbles.h, or to half a word, as in arm-dsp/.

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

/** Values of two words of quads, in their order there. */
const order = [0, 2, 1, 3];

/**
 * Filters [all channels, H, `run`] as kernels/arm-dsp/conv-2d-quads-s4.h reads them, for groups of `channels` one after the
 * other: half a word has four channels, those of the first three 8 greater than they are.
 */
export function inQuads(weights: Int8Array, channels: number, rows: number, run: number): Int32Array {
  const length = rows * run;
  const halves: number[] = [];
  for (let group = 0; group < weights.length; group += channels * length)
    for (let block = 0; block < channels; block += 4)
      for (let row = 0; row < rows; row++)
        for (let k = 0; k < run; k += 4)
          for (const i of order) {
            const four = [0, 1, 2, 3].map((r) => {
              if (block + r >= channels || k + i >= run) return 0;
              return weights[group + (block + r) * length + row * run + k + i]!;
            });
            halves.push(four.reduce((half, weight, r) => half | (((r < 3 ? weight + 8 : weight) & 15) << (4 * r)), 0));
          }
  return Int32Array.from({ length: halves.length / 2 }, (_, i) => halves[2 * i]! | (halves[2 * i + 1]! << 16));
}
