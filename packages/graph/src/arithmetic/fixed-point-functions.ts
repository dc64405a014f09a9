// exp, tanh, logistic and reciprocal on 32-bit fixed-point numbers, bit for bit as the runtime computes them.
// A number with n integer bits ("Qn") stands for raw / 2^(31 - n). Source: gemmlowp's fixedpoint.h.
import { roundingDivideByPowerOfTwo, roundingDoublingHighMultiply as multiply } from './fixed-point.js';

/** 1 with no integer bit: the greatest int32, as the number itself does not fit. */
const one = 2147483647;
const twoIntegerBitsOne = 1 << 29;

/** exp(a) in Q0 for a <= 0 in Q`integerBits` (at most 5). */
export function expOnNegative(a: number, integerBits: number): number {
  if (a === 0) return one;
  const fractionBits = 31 - integerBits;
  const quarter = 1 << (fractionBits - 2);
  const modQuarter = (a & (quarter - 1)) - quarter;
  let result = expNearZero(saturatingShiftLeft(modQuarter, integerBits));
  const remainder = (modQuarter - a) | 0;
  for (let power = -2; power < integerBits; power++) {
    if ((remainder & (1 << (fractionBits + power))) !== 0) result = multiply(result, expOfMinusPowerOfTwo[power + 2]!);
  }
  return result;
}

/** exp(-2^p) in Q0 for p = -2 ... 4. */
const expOfMinusPowerOfTwo = [1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242] as const;

/** exp(a) in Q0 for a in [-1/4, 0): Taylor's polynomial of degree 4 around -1/8. */
function expNearZero(a: number): number {
  const expOfMinusEighth = 1895147668;
  const third = 715827883;
  const x = (a + (1 << 28)) | 0;
  const x2 = multiply(x, x);
  const x3 = multiply(x2, x);
  const x4 = multiply(x2, x2);
  const high = (multiply((roundingDivideByPowerOfTwo(x4, 2) + x3) | 0, third) + x2) | 0;
  const polynomial = (x + roundingDivideByPowerOfTwo(high, 1)) | 0;
  return (expOfMinusEighth + multiply(expOfMinusEighth, polynomial)) | 0;
}

/** 1 / ((1 + a) / 2) in Q2 for a in Q0, a >= 0: three steps of Newton and Raphson from 48/17 - 32/17 d. */
function reciprocalOfHalfDenominator(a: number): number {
  const halfDenominator = Math.floor((a + one + 1) / 2);
  let x = (1515870810 + multiply(halfDenominator, -1010580540)) | 0;
  for (let step = 0; step < 3; step++) {
    const error = (twoIntegerBitsOne - multiply(halfDenominator, x)) | 0;
    x = (x + saturatingShiftLeft(multiply(x, error), 2)) | 0;
  }
  return x;
}

/** 1 / (1 + a) in Q0 for a in Q0, a >= 0. */
export function reciprocalOfOnePlus(a: number): number {
  // Halving moves the binary point only: Q2 read as Q1.
  return saturatingShiftLeft(reciprocalOfHalfDenominator(a), 1);
}

/** tanh(a) in Q0 for a in Q4. */
export function fixedPointTanh(a: number): number {
  if (a === 0) return 0;
  // -2|a|: the same raw number, read as Q5.
  const exponential = expOnNegative(a < 0 ? a : -a, 5);
  const magnitude = saturatingShiftLeft((reciprocalOfHalfDenominator(exponential) - twoIntegerBitsOne) | 0, 2);
  return a < 0 ? -magnitude : magnitude;
}

/** 1 / (1 + exp(-a)) in Q0 for a in Q4. */
export function fixedPointLogistic(a: number): number {
  if (a === 0) return 1 << 30;
  const positive = reciprocalOfOnePlus(expOnNegative(a > 0 ? -a : a, 4));
  return a > 0 ? positive : one - positive;
}

/** x * 2^bits, held within int32. */
export function saturatingShiftLeft(x: number, bits: number): number {
  const shifted = x * 2 ** bits;
  return shifted > 2147483647 ? 2147483647 : shifted < -2147483648 ? -2147483648 : shifted;
}
