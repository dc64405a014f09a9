// Scales accumulators like the reference does, in one float step wherever that cannot come to another integer.
import { quantizedActivationBounds, quantizeMultiplier, rowRequantizer, type Requantization } from '@wherry/graph';

const { floor } = Math;

/** Far more than the error of three double operations on values below 2^24, far less than any rounding step of interest. */
const doubleError = 1e-6;

/** `sums`: accumulators without bias, exact integers, [rows, channels]; fills `result` of the same shape. */
export type TensorRequantizer = (sums: Float32Array, result: Int8Array) => void;

/**
 * The reference rounds twice: the product to an integer, then that shifted right. The first rounding moves the result by at
 * most half a step of 2^-shift, so only values that close to a half are rounded in doubt; those go to the reference.
 */
export function tensorRequantizer(requantization: Requantization): TensorRequantizer {
  const { input, weights, output, bias, activation } = requantization;
  const reference = rowRequantizer(requantization);
  const [low, high] = quantizedActivationBounds(activation, output.dtype, output.quantization!);
  const zeroPoint = output.quantization!.zeroPoint[0]!;
  const channels = bias.length;
  const factors = new Float64Array(channels);
  const doubts = new Float64Array(channels);
  const weightScales = weights.quantization!.scale;
  for (let c = 0; c < channels; c++) {
    const product = input.quantization!.scale[0]! * (weightScales[c] ?? weightScales[0]!);
    const { multiplier, shift } = quantizeMultiplier(product / output.quantization!.scale[0]!);
    factors[c] = multiplier * 2 ** (shift - 31);
    doubts[c] = 2 ** Math.min(0, shift) / 2 + doubleError;
  }
  const single = new Int32Array(1);
  return (sums, result) => {
    for (let at = 0; at < sums.length; at += channels) {
      for (let c = 0; c < channels; c++) {
        const value = (sums[at + c]! + bias[c]!) * factors[c]! + zeroPoint;
        if (value < low - 1) {
          result[at + c] = low;
        } else if (value > high + 1) {
          result[at + c] = high;
        } else {
          const rounded = floor(value + 0.5);
          const above = value + 0.5 - rounded;
          const doubt = doubts[c]!;
          if (above > doubt && above < 1 - doubt) {
            result[at + c] = rounded < low ? low : rounded > high ? high : rounded;
          } else {
            single[0] = sums[at + c]!;
            reference(single, c, 1, result, at + c);
          }
        }
      }
    }
  };
}
