// The exponentials of SOFTMAX on int8: a difference of two stored values has 256 of them.
import { expOnNegative } from './fixed-point-functions.js';
import { quantizeMultiplier, roundingDoublingHighMultiply } from './fixed-point.js';

/** The differences to the row's maximum are brought to Q5. */
const differenceBits = 5;

/** exp(-scale * beta * difference) in Q0 for differences 0 ... 255; 0 where it is negligible. */
export function softmaxExponentials(scale: number, beta: number): Int32Array {
  const real = Math.min(Math.fround(beta) * scale * 2 ** (31 - differenceBits), 2147483647);
  const { multiplier, shift } = quantizeMultiplier(real);
  const greatest = Math.floor(((2 ** differenceBits - 1) * 2 ** (31 - differenceBits)) / 2 ** shift);
  return Int32Array.from({ length: 256 }, (_, difference) =>
    difference > greatest
      ? 0
      : expOnNegative(roundingDoublingHighMultiply(-difference << shift, multiplier), differenceBits),
  );
}
