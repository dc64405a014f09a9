// The integer scaling of TFLite's quantized kernels, exact in doubles, in both roundings.
import type { DataType } from '../data-type.js';
import type { Rounding } from '../op-definition.js';

// Taken once: a sandboxed module, as in a test, finds the global Math two orders slower than its own constant.
const { floor } = Math;

/**
 * XNNPACK, whose rounding is `single`, has no kernels of int16 activations and int4 weights: LiteRT runs its own there, which
 * round as TFLite Micro's.
 */
export function roundingOf(dtype: DataType, rounding: Rounding): Rounding {
  return dtype === 'int16' || dtype === 'int4' ? 'double' : rounding;
}

/** real = multiplier * 2^(shift - 31), multiplier in [2^30, 2^31) or 0. */
export interface FixedPointScale {
  readonly multiplier: number;
  readonly shift: number;
}

/**
 * A positive real scale as a 31-bit mantissa and a power of two, like `QuantizeMultiplier` in TFLite's
 * quantization_util: the mantissa is rounded half away from zero, scales below 2^-31 become 0.
 */
export function quantizeMultiplier(scale: number): FixedPointScale {
  if (scale === 0) return { multiplier: 0, shift: 0 };
  let shift = Math.max(-1023, floor(Math.log2(scale)) + 1);
  let fraction = scale / 2 ** shift;
  // log2 is inexact next to powers of two; the fraction belongs in [0.5, 1).
  if (fraction >= 1) {
    fraction /= 2;
    shift += 1;
  }
  if (fraction < 0.5) {
    fraction *= 2;
    shift -= 1;
  }
  let multiplier = floor(fraction * 2147483648 + 0.5);
  if (multiplier === 2147483648) {
    multiplier = 1073741824;
    shift += 1;
  }
  if (shift < -31) return { multiplier: 0, shift: 0 };
  return { multiplier, shift };
}

/**
 * floor((a * b + 2^30) / 2^31) for int32 a and b, not both -2^31: gemmlowp's SaturatingRoundingDoublingHighMul, whose
 * sign-dependent nudge followed by a truncating division comes out as rounding half up.
 */
export function roundingDoublingHighMultiply(a: number, b: number): number {
  // The usual accumulator has less than 22 bits: the product and the half added to it are exact in a double.
  if (a < 4194304 && a > -4194304) return floor((a * b + 1073741824) / 2147483648) | 0;
  const high = a >> 16;
  const low = a & 0xffff;
  // a * b has 62 bits; split at bit 16, both halves and their carry stay below 2^53.
  return floor((high * b + floor((low * b + 1073741824) / 65536)) / 32768) | 0;
}

/** x / 2^exponent rounded half away from zero, for int32 x and 0 <= exponent <= 31. */
export function roundingDivideByPowerOfTwo(x: number, exponent: number): number {
  if (exponent === 0) return x;
  const mask = exponent === 31 ? 0x7fffffff : (1 << exponent) - 1;
  const remainder = x & mask;
  const threshold = (mask >> 1) + (x < 0 ? 1 : 0);
  return (x >> exponent) + (remainder > threshold ? 1 : 0);
}

/** x * multiplier * 2^(shift - 31) as an int32, in the rounding asked for. `x` is an int32. */
export function multiplyByQuantizedMultiplier(
  x: number,
  multiplier: number,
  shift: number,
  rounding: Rounding,
): number {
  if (rounding === 'single') return multiplyWithSingleRounding(x, multiplier, shift);
  if (shift > 0) return roundingDoublingHighMultiply(x << shift, multiplier);
  return roundingDivideByPowerOfTwo(roundingDoublingHighMultiply(x, multiplier), -shift);
}

function multiplyWithSingleRounding(x: number, multiplier: number, shift: number): number {
  if (shift > 30) return multiplyWithSingleRounding(x, 2147483647, 30);
  const totalShift = 31 - shift;
  const high = x >> 16;
  const low = x & 0xffff;
  let result: number;
  if (totalShift >= 17) {
    const upper = high * multiplier + floor((low * multiplier) / 65536) + 2 ** (totalShift - 17);
    result = floor(upper / 2 ** (totalShift - 16));
  } else {
    result = Number((BigInt(x) * BigInt(multiplier) + (1n << BigInt(totalShift - 1))) >> BigInt(totalShift));
  }
  return Math.min(2147483647, Math.max(-2147483648, result));
}
