// SOFTMAX on int16: tables of exp and of the reciprocal, 15 fraction bits. Source: SoftmaxInt16 of TFLite.
import type { Operand } from '../op-definition.js';
import { clamp } from './activation.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier, type FixedPointScale } from './fixed-point.js';
import { interpolate, interpolatedTable } from './interpolated-table.js';

const { fround } = Math;
/** The differences to the row's maximum: 0 down to -10, below which exp counts as nothing. */
const reach = 10;
const range = 65535;
const fraction = { scale: fround(2 / range), zeroPoint: 0 };

/** Both as 513 places, for `interpolate`. */
export const softmaxTables = lazily(() => ({
  exp: interpolatedTable({ scale: fround(reach / range), zeroPoint: 32767 }, fraction, Math.exp),
  reciprocal: interpolatedTable(
    { scale: fround(1 / range), zeroPoint: -32768 },
    fraction,
    (value) => 1 / fround(1 + value),
  ),
}));

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** From differences to the row's maximum to places of the exponential. */
export function softmaxDifferences(scale: number, beta: number): FixedPointScale {
  return quantizeMultiplier((scale * fround(beta)) / (reach / range));
}

/** The output has steps of 2^-15. */
export function softmaxInt16(input: Operand, output: Operand, beta: number): void {
  const { exp, reciprocal } = softmaxTables();
  const source = input.data as Int16Array;
  const result = output.data as Int16Array;
  const depth = input.shape.at(-1)!;
  const { multiplier, shift } = softmaxDifferences(input.quantization!.scale[0]!, beta);
  for (let row = 0; row < source.length; row += depth) {
    let most = -32768;
    for (let c = 0; c < depth; c++) if (source[row + c]! > most) most = source[row + c]!;
    let sum = 0;
    for (let c = 0; c < depth; c++) {
      const difference = multiplyByQuantizedMultiplier(source[row + c]! - most, multiplier, shift, 'double');
      sum += result[row + c] = interpolate(exp, clamp(difference + 32767, -32768, 32767));
    }
    const headroom = Math.clz32(sum);
    // One integer bit and 16 fraction bits, of which the one is left away.
    const scaled = Math.floor((sum * 2 ** (headroom - 1) + 8192) / 16384) - (65536 + 32768);
    const share = interpolate(reciprocal, clamp(scaled, -32768, 32767));
    const bits = 31 - headroom;
    for (let c = 0; c < depth; c++)
      result[row + c] = clamp(Math.floor((result[row + c]! * share + 2 ** (bits - 1)) / 2 ** bits), 0, 32767);
  }
}
