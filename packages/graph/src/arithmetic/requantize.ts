// From an int32 accumulator to the output's integers: one scale per output channel.
import type { Operand, OperandSpec, Rounding } from '../op-definition.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from './fixed-point.js';

/** Per output channel: the fixed-point form of inputScale * weightScale / outputScale. */
export interface ChannelScales {
  readonly multipliers: Int32Array;
  readonly shifts: Int32Array;
}

/** The products are taken in doubles of the float32 scales, as the runtime's PopulateConvolutionQuantizationParams does. */
export function channelScales(input: OperandSpec, weights: OperandSpec, output: OperandSpec, channels: number): ChannelScales {
  const multipliers = new Int32Array(channels);
  const shifts = new Int32Array(channels);
  const inputScale = input.quantization!.scale[0]!;
  const outputScale = output.quantization!.scale[0]!;
  const weightScales = weights.quantization!.scale;
  for (let c = 0; c < channels; c++) {
    const weightScale = weightScales.length === 1 ? weightScales[0]! : weightScales[c]!;
    const { multiplier, shift } = quantizeMultiplier((inputScale * weightScale) / outputScale);
    multipliers[c] = multiplier;
    shifts[c] = shift;
  }
  return { multipliers, shifts };
}

/** Scales an accumulator of channel `c`, adds the output's zero point and clamps. */
export function requantize(
  accumulator: number, c: number, scales: ChannelScales,
  output: Operand, clamp: readonly [number, number], rounding: Rounding,
): number {
  const scaled = multiplyByQuantizedMultiplier(accumulator, scales.multipliers[c]!, scales.shifts[c]!, rounding);
  const shifted = scaled + output.quantization!.zeroPoint[0]!;
  return shifted < clamp[0] ? clamp[0] : shifted > clamp[1] ? clamp[1] : shifted;
}
