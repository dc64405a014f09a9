// IEEE 754 binary16 as its bit pattern: sign, 5 bits of exponent, 10 bits of fraction.
import { roundHalfEven } from './activation.js';

/** Exactly. */
export function widenHalf(bits: number): number {
  const sign = (bits & 0x8000) !== 0 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** The greatest finite one. */
export const greatestHalf = 65504;
/** The least one that keeps all of its bits. */
export const leastNormalHalf = 2 ** -14;

/** The nearest one, halves to even; infinity from 65520 on, and NaN for NaN. */
export function narrowToHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  if (magnitude < leastNormalHalf) return sign | roundHalfEven(magnitude * 2 ** 24);
  let exponent = Math.floor(Math.log2(magnitude));
  // The logarithm may be off by one beside a power of two.
  if (2 ** exponent > magnitude) exponent -= 1;
  else if (2 ** (exponent + 1) <= magnitude) exponent += 1;
  // A fraction that is rounded up to 1 carries into the exponent.
  return sign | (((exponent + 15) << 10) + roundHalfEven((magnitude / 2 ** exponent - 1) * 1024));
}
