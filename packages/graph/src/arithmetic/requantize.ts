// From int32 accumulators to the output's integers: one scale per output channel.
import type { FusedActivation } from './activation.js';
import { quantizedActivationBounds } from './activation.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from './fixed-point.js';
import type { Operand, OperandSpec, Rounding } from '../op-definition.js';

/** Per output channel: the fixed-point form of inputScale * weightScale / outputScale. */
export interface ChannelScales {
  readonly multipliers: Int32Array;
  readonly shifts: Int32Array;
}

/** The products are taken in doubles of the float32 scales, as the runtime's PopulateConvolutionQuantizationParams does. */
export function channelScales(input: OperandSpec, weights: OperandSpec, output: OperandSpec, channels: number): ChannelScales {
  const inputScale = input.quantization!.scale[0]!;
  const outputScale = output.quantization!.scale[0]!;
  const weightScales = weights.quantization!.scale;
  return scalesOf(channels, (c) => (inputScale * (weightScales.length === 1 ? weightScales[0]! : weightScales[c]!)) / outputScale);
}

/** The fixed-point form of a real scale for each of `channels`. */
export function scalesOf(channels: number, realScale: (channel: number) => number): ChannelScales {
  const multipliers = new Int32Array(channels);
  const shifts = new Int32Array(channels);
  for (let c = 0; c < channels; c++) {
    const { multiplier, shift } = quantizeMultiplier(realScale(c));
    multipliers[c] = multiplier;
    shifts[c] = shift;
  }
  return { multipliers, shifts };
}

/** Adds the bias, scales, adds the output's zero point and clamps `count` accumulators of channels `first`, `first` + 1, ... */
export type RowRequantizer = (sums: Int32Array, first: number, count: number, result: Int8Array, at: number) => void;

export function rowRequantizer(
  scales: ChannelScales, bias: Int32Array, output: Operand, activation: FusedActivation, rounding: Rounding,
): RowRequantizer {
  const { multipliers, shifts } = scales;
  const zeroPoint = output.quantization!.zeroPoint[0]!;
  const [low, high] = quantizedActivationBounds(activation, output.dtype, output.quantization!);
  return (sums, first, count, result, at) => {
    for (let r = 0; r < count; r++) {
      const c = first + r;
      const sum = (sums[r]! + bias[c]!) | 0;
      const value = multiplyByQuantizedMultiplier(sum, multipliers[c]!, shifts[c]!, rounding) + zeroPoint;
      result[at + r] = value < low ? low : value > high ? high : value;
    }
  };
}

/**
 * What a row's dot product with raw input values lacks: bias - inputZeroPoint * (sum of the row), with int32 wrap.
 * Lets the inner loop run on the stored values; padding is then filled with the zero point. The weights' own zero
 * point stays out of it, as it multiplies the input's values.
 */
export function foldedBias(bias: Int32Array | undefined, weights: Int8Array, rows: number, inputZeroPoint: number): Int32Array {
  const length = weights.length / rows;
  const folded = new Int32Array(rows);
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let k = r * length; k < (r + 1) * length; k++) sum += weights[k]!;
    folded[r] = (bias === undefined ? 0 : bias[r]!) - Math.imul(inputZeroPoint, sum);
  }
  return folded;
}
