// Accumulators to integers in both roundings, on values where a product in doubles would come out otherwise.
import type { OperandSpec } from '../op-definition.js';
import { rowRequantizer, type Requantization } from './requantize.js';

const scaled = (...scale: readonly number[]): OperandSpec => ({
  shape: [scale.length],
  dtype: 'int8',
  quantization: { scale, zeroPoint: scale.map(() => 0), axis: 0 },
});

/** Of each accumulator in a channel of its own, whose weights have that scale. */
function requantized(
  sums: readonly number[],
  scales: readonly number[],
  changes: Partial<Requantization> = {},
): number[] {
  const result = new Int8Array(sums.length);
  rowRequantizer({
    input: scaled(1),
    weights: scaled(...scales),
    output: scaled(1),
    bias: new Int32Array(sums.length),
    activation: 'NONE',
    rounding: 'single',
    ...changes,
  })(Int32Array.from(sums), 0, sums.length, result, 0);
  return [...result];
}

it('rounds the product to float32 before it rounds to an integer, half to even, in the single rounding', () => {
  const [sixth, tenth, five6ths] = [1 / 6, 0.1, 0.8333333730697632].map(Math.fround) as [number, number, number];
  // In doubles the products are a little more than 0.5, 0.5 and 2.5.
  expect([3 * sixth > 0.5, 5 * tenth > 0.5, 3 * five6ths > 2.5]).toEqual([true, true, true]);
  expect(requantized([3, 5, 3], [sixth, tenth, five6ths])).toEqual([0, 0, 2]);
  expect(requantized([-3, 3, 3], [0.5, 0.5, 0.5 + 2 ** -24])).toEqual([-2, 2, 2]);
});

it('rounds the accumulator to float32, too', () => {
  // 16777217 is no float32: as 16777216 it gives 10.5, and then 10.
  const scale = 6.258487701416016e-7;
  expect(Math.fround(16777217 * scale)).toBeGreaterThan(10.5);
  expect(requantized([16777217], [scale])).toEqual([10]);
});

it('adds the bias, takes the scale of the channel and keeps to the output', () => {
  const bias = Int32Array.of(10, -10, 3000);
  for (const rounding of ['single', 'double'] as const) {
    expect(requantized([1, 2, 3], [1, 0.5, 1], { bias, rounding })).toEqual([11, -4, 127]);
    expect(requantized([1, 2, 3], [1, 0.5, 1], { bias, rounding, activation: 'RELU' })).toEqual([11, 0, 127]);
    const output = { ...scaled(2), quantization: { scale: [2], zeroPoint: [-20], axis: 0 } };
    expect(requantized([1, 2, 4], [1, 0.5, 1], { bias, rounding, output })).toEqual([
      rounding === 'double' ? -14 : -14,
      -22,
      127,
    ]);
  }
});
