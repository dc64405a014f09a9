// The 16-bit fixed-point steps of TFLite's quantized hard-swish. Arguments and results are int16 values.

export function saturate16(x: number): number {
  return x > 32767 ? 32767 : x < -32768 ? -32768 : x;
}

export function saturatingLeftShift(x: number, amount: number): number {
  return saturate16(x * 2 ** amount);
}

/** a * b / 2^15 with halves up for a product of 0 or more and towards zero below (gemmlowp, 16 bits). */
export function roundingDoublingHighMultiply16(a: number, b: number): number {
  if (a === -32768 && b === -32768) return 32767;
  const product = a * b;
  return Math.trunc((product + (product >= 0 ? 16384 : -16383)) / 32768);
}

/** a * b / 2^15, rounded towards zero. */
export function truncatingDoublingHighMultiply16(a: number, b: number): number {
  return a === -32768 && b === -32768 ? 32767 : Math.trunc((a * b) / 32768);
}

/** A 31-bit multiplier as a 15-bit one, saturating (DownScaleInt32ToInt16Multiplier). */
export function multiplier16(multiplier: number): number {
  return multiplier >= 2147483647 - 32768 ? 32767 : (multiplier + 32768) >> 16;
}
