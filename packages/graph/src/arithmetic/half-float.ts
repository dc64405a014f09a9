// IEEE 754 binary16 as bit patterns: sign, 5 bits of exponent, 10 bits of fraction.
import { roundHalfEven } from './activation.js';

/** The number that the pattern stands for, exactly. */
export function widenHalf(bits: number): number {
  const sign = (bits & 0x8000) !== 0 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** The pattern of the nearest half, ties to the even one; 65520 and more are infinite. */
export function narrowHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  // A fraction that is rounded up to the next power of two carries into the exponent.
  if (magnitude < 2 ** -14) return sign | roundHalfEven(magnitude * 2 ** 24);
  let exponent = Math.floor(Math.log2(magnitude));
  // log2 is inexact next to powers of two.
  if (2 ** exponent > magnitude) exponent -= 1;
  else if (2 ** (exponent + 1) <= magnitude) exponent += 1;
  return sign | (((exponent + 15) << 10) + roundHalfEven(magnitude * 2 ** (10 - exponent)) - 1024);
}

/** The greatest finite one. */
export const greatestHalf = 65504;
/** The least one that keeps all of its bits. */
export const leastNormalHalf = 2 ** -14;
