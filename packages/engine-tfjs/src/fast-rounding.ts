// One float step instead of fixed-point scaling: where it may come to another integer, and how to round and clamp without a branch.
import type { FixedPointScale } from '@wherry/graph';

/** Far more than the error of three double operations on values below 2^26, far less than any rounding step of interest. */
const doubleError = 1e-6;

/**
 * The reference rounds twice: the product to an integer, then that shifted right. The first rounding moves the result by at
 * most half a step of 2^shift, so only values this close to a half are rounded in doubt. Half or more: all of them are.
 */
export function doubtOf({ shift }: FixedPointScale): number {
  return 2 ** Math.min(0, shift) / 2 + doubleError;
}

/** Makes every value of interest positive, so that cutting its fraction off (`| 0`) rounds down. */
export const positiveOffset = 2 ** 25;

/** Whether steps of this size, rounded with `positiveOffset` on top, stay within an int32. */
export function staysInInt32(steps: number): boolean {
  return Math.abs(steps) < positiveOffset;
}

/**
 * `x` held between `low` and `high`, for int32 whose differences are int32 too. A processor cannot foresee which values a
 * ReLU clamps: comparing costs three times as much.
 */
export function clampInt32(x: number, low: number, high: number): number {
  const aboveLow = (x - low) | 0;
  const atLeastLow = aboveLow & ~(aboveLow >> 31);
  const belowHigh = (high - low - atLeastLow) | 0;
  return high - (belowHigh & ~(belowHigh >> 31));
}
