// 1 / sqrt(n) of a whole number in fixed point, bit for bit as the runtimes compute it.
// Source: GetInvSqrtQuantizedMultiplierExp of TFLite.
import { roundingDivideByPowerOfTwo, roundingDoublingHighMultiply as multiply } from './fixed-point.js';
import type { FixedPointScale } from './fixed-point.js';
import { saturatingShiftLeft } from './fixed-point-functions.js';

/** In Q3. */
const one = 1 << 28;
const threeHalves = one + (one >> 1);
/** sqrt(2) / 2 in Q0. */
const halfOfSqrtTwo = 1518500250;

/** For 1 <= n < 2^29: multiplier * 2^(shift - 31), by five steps of Newton and Raphson. */
export function inverseSquareRoot(n: number): FixedPointScale {
  if (n === 1) return { multiplier: 2147483647, shift: 0 };
  const pairs = Math.floor((Math.clz32(n) - 1) / 2) - 1;
  const input = (n << (2 * pairs)) >> 1;
  const half = roundingDivideByPowerOfTwo(input, 1);
  let x = one;
  for (let step = 0; step < 5; step++) {
    const cube = saturatingShiftLeft(multiply(multiply(x, x), x), 6);
    x = saturatingShiftLeft((multiply(threeHalves, x) - multiply(half, cube)) | 0, 3);
  }
  // Of an int8 value the exponent is never below 0, where the runtime would shift the mantissa instead.
  return { multiplier: multiply(x, halfOfSqrtTwo), shift: -(11 - pairs) };
}
