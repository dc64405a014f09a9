// The product of two int8 tensors, eight values at once.
import { headerBytes } from '../src/layout';
import { requantize } from './requantize';
import { begin, first, next, second } from './walk';

/** Eight values less their zero point as int16; with a step of 0 the same one eight times. */
function centred(value: usize, step: i32, zeroPoints: v128): v128 {
  return i16x8.sub(step === 0 ? i16x8.splat(<i16>load<i8>(value)) : v128.load8x8_s(value), zeroPoints);
}

/** Rows and scaling as in `add`. */
export function product(
  firstAt: usize,
  secondAt: usize,
  output: usize,
  length: i32,
  firstStep: i32,
  secondStep: i32,
  rows: i32,
  walk: usize,
  firstZeroPoint: i32,
  secondZeroPoint: i32,
  scaling: usize,
): void {
  const firstZeroPoints = i16x8.splat(<i16>firstZeroPoint);
  const secondZeroPoints = i16x8.splat(<i16>secondZeroPoint);
  begin(firstAt, secondAt);
  for (let row: i32 = 0; row < rows; row++, output += length) {
    for (let at: i32 = 0; at < length; at += 8) {
      const a = centred(first + at * firstStep, firstStep, firstZeroPoints);
      const b = centred(second + at * secondStep, secondStep, secondZeroPoints);
      const lower = i32x4.extmul_low_i16x8_s(a, b);
      const upper = i32x4.extmul_high_i16x8_s(a, b);
      v128.store64_lane(output + at, requantize(lower, upper, scaling, scaling + headerBytes), 0);
    }
    next(walk);
  }
}
