// Weights of 4 bits for the DSP extension, four channels in half a word: at the limits of its sums, left-over values and channels.
import { buildFolder, describeCompiled } from '@wherry/testing';
import { answersOf, layer, type ConvolutionLayer } from './testing/convolution-layer.js';

const least = (): number => -8;
const mixed = (channel: number, k: number): number => ((channel * 7 + k * 5) % 16) - 8;
const quads = (change: Partial<ConvolutionLayer>): ConvolutionLayer =>
  layer({ weight: mixed, weightType: 'int4', weightScale: 0.01, ...change });
const dense = (depth: number, weight: ConvolutionLayer['weight'], weightScale: number): ConvolutionLayer =>
  quads({ input: [1, 1, 1, depth], filter: [5, 1, 1], weight, weightScale });

const layers: readonly (readonly [string, ConvolutionLayer])[] = [
  ['as many values as a part takes, all of the greatest size', dense(508, least, 0.0004)],
  ['one more', dense(509, least, 0.0004)],
  ['three parts', dense(1273, least, 0.0002)],
  ['three parts, mixed', dense(1273, mixed, 0.01)],
  ['one value', dense(1, mixed, 0.05)],
  ['rows that are read where they lie', quads({ padding: 'VALID', input: [1, 5, 6, 3], filter: [4, 3, 3] })],
  ['rows in padding', quads({ input: [1, 5, 5, 3], filter: [7, 3, 3] })],
  ['two groups of three channels', quads({ input: [1, 4, 4, 6], filter: [6, 2, 3], groups: 2 })],
  ['rows apart', quads({ input: [1, 7, 7, 5], filter: [8, 3, 2], dilationH: 2, padding: 'VALID', stride: 2 })],
];

describeCompiled('four channels of 4 bits at once', () => {
  it.each(layers)('%s', (_, one) => {
    const folder = buildFolder();
    try {
      const [answers, expected] = answersOf(folder, one, { simd: 'Arm DSP extension' });
      expect(answers).toEqual(expected);
      // Not all at an end of int8, where every sum is as good as another.
      expect(new Set(expected.flat()).size).toBeGreaterThan(3);
    } finally {
      folder.remove();
    }
  });
});
