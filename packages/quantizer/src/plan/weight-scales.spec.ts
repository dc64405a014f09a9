// Scales of weights at their edges: a bias that would not fit the accumulator, slices of zeros, one scale for all.
import type { Quantization, Tensor } from '@wherry/graph';
import { Memory } from '../memory.js';
import { affine } from './number-format.js';
import { biasScales, weightScales } from './weight-scales.js';

const tensor = (name: string, shape: readonly number[], ...values: readonly number[]): Tensor => ({
  name,
  shape,
  dtype: 'float32',
  data: Float32Array.from(values),
});
const weights = tensor('w', [2, 2], 1, -0.5, 0.25, 0.125);
const inputScale = 2 ** -8;

const scalesOf = (
  given: Tensor,
  bias: Tensor | undefined,
  axis: number | null,
  dtype: 'int8' | 'int4' = 'int8',
): Quantization =>
  weightScales(
    { weights: given, bias },
    {
      axis,
      inputScale,
      format: affine(dtype, { symmetric: true, narrow: true }),
      accumulator: affine('int32', { symmetric: true }),
      origin: 'd',
      memory: new Memory(),
    },
  );

describe('weightScales', () => {
  it('takes the greatest magnitude of each slice, or of all', () => {
    expect(scalesOf(weights, undefined, 0).scale).toEqual([1 / 127, 0.25 / 127].map(Math.fround));
    expect(scalesOf(weights, undefined, null)).toEqual({ scale: [Math.fround(1 / 127)], zeroPoint: [0], axis: 0 });
  });

  it('gives a slice of zeros a scale all the same', () => {
    const half = tensor('w', [2, 2], 0, 0, 0.25, 0.125);
    expect(scalesOf(half, undefined, 0).scale).toEqual([1 / 127, 0.25 / 127].map(Math.fround));
  });

  // A quarter of an int32 is the bias's, so that no sum of products beside it can wrap: as integers, biases reach 2 ** 29.
  it.each([0, null])('widens the scale until the bias takes a quarter of the accumulator (axis %s)', (axis) => {
    const integersOf = (bias: Tensor): number[] => {
      const { scale } = biasScales(inputScale, scalesOf(weights, bias, axis));
      return Array.from(bias.data as Float32Array, (value, i) => Math.abs(value) / (scale[i] ?? scale[0]!));
    };
    for (const [first, second] of [
      [-1e6, 1],
      [1, -1e6],
    ] as const) {
      const wide = integersOf(tensor('b', [2], first, second)).sort((a, b) => a - b);
      expect(wide[1]! / 2 ** 29).toBeCloseTo(1, 6);
      expect(wide[0]).toBeLessThan(2 ** 29);
    }
    // Of the product 2 ** 29 * inputScale / 127 = 16513: the last that the weights' own scale holds.
    const own = scalesOf(weights, undefined, axis).scale;
    expect(scalesOf(weights, tensor('b', [2], 16512, 1), axis).scale).toEqual(own);
    expect(scalesOf(weights, tensor('b', [2], 16515, 1), axis).scale[0]).toBeGreaterThan(own[0]!);
  });

  // LiteRT 2.1.0 gives other signs from 2 ** 27 on.
  it('leaves a bias beside int4 weights a sixteenth of that, as some kernels keep those sums 16 times as large', () => {
    const bias = tensor('b', [2], -1e6, 1);
    const { scale } = biasScales(inputScale, scalesOf(weights, bias, 0, 'int4'));
    expect(1e6 / scale[0]! / 2 ** 25).toBeCloseTo(1, 6);
  });
});
