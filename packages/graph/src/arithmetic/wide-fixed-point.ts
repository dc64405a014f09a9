// The integer scaling of accumulators of 64 bits, as int16 activations with int8 weights have them, exact in doubles.
import type { FixedPointScale } from './fixed-point.js';

// Taken once: a sandboxed module, as in a test, finds the global Math two orders slower than its own constant.
const { floor } = Math;

/** The multiplier cut to 15 bits, rounded half up and saturated, as `MultiplyByQuantizedMultiplier(int64_t)` of TFLite takes it. */
export function reducedMultiplier({ multiplier }: FixedPointScale): number {
  return multiplier < 0x7fff0000 ? (multiplier + 32768) >> 16 : 0x7fff;
}

/**
 * floor(x * multiplier * 2^(shift - 15) + 1/2) as an int32, for a whole number |x| < 2^53 and a reduced multiplier. The
 * runtime has one rounding here, whatever it does with 32-bit accumulators; what does not fit 32 bits wraps.
 */
export function multiplyByReducedMultiplier(x: number, multiplier: number, shift: number): number {
  const bits = 15 - shift;
  // The usual accumulator: the product has less than 53 bits.
  if (x < 2 ** 37 && x > -(2 ** 37)) return floor((x * multiplier + 2 ** (bits - 1)) / 2 ** bits) | 0;
  return multiplyLongByReducedMultiplier(BigInt(x), multiplier, shift);
}

/** The same for any x of 64 bits; sums beyond wrap as well. */
export function multiplyLongByReducedMultiplier(x: bigint, multiplier: number, shift: number): number {
  const bits = BigInt(Math.max(1, 15 - shift));
  const sum = BigInt.asIntN(64, x * BigInt(multiplier) + (1n << (bits - 1n)));
  return Number(BigInt.asIntN(32, sum >> bits));
}
