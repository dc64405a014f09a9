// Scales accumulators like the reference does, in one float step wherever that cannot come to another integer.
import { quantizedActivationBounds, quantizeMultiplier, rowRequantizer, type Requantization } from '@wherry/graph';
import { clampInt32, doubtOf, positiveOffset, staysInInt32 } from './fast-rounding.js';

/** `sums`: accumulators without bias, integers below 2^24, [rows, channels]; fills `result` of the same shape. */
export type TensorRequantizer = (sums: Float32Array, result: Int8Array) => void;

/** Per channel: steps = sum * factor + offset, rounded down; `doubt` is the distance from a step that needs the reference. */
interface FloatSteps {
  readonly factors: Float64Array;
  readonly offsets: Float64Array;
  readonly doubts: Float64Array;
}

/** Values that are rounded in doubt go to the reference, and so does everything when some scale is too large for steps. */
export function tensorRequantizer(requantization: Requantization): TensorRequantizer {
  const { output, activation } = requantization;
  const reference = rowRequantizer(requantization);
  const steps = floatSteps(requantization);
  if (steps === undefined) return byRows(reference, requantization.bias.length);
  const { factors, offsets, doubts } = steps;
  const channels = factors.length;
  const [low, high] = quantizedActivationBounds(activation, output.dtype, output.quantization!);
  const single = new Int32Array(1);
  // Channel by channel: what belongs to it stays in registers.
  return (sums, result) => {
    for (let c = 0; c < channels; c++) {
      const [factor, offset, doubt] = [factors[c]!, offsets[c]!, doubts[c]!];
      for (let i = c; i < sums.length; i += channels) {
        const value = sums[i]! * factor + offset;
        const rounded = value | 0;
        const above = value - rounded;
        if (above > doubt && above < 1 - doubt) {
          result[i] = clampInt32(rounded - positiveOffset, low, high);
        } else {
          single[0] = sums[i]!;
          reference(single, c, 1, result, i);
        }
      }
    }
  };
}

function floatSteps({ input, weights, output, bias }: Requantization): FloatSteps | undefined {
  const [factors, offsets, doubts] = [new Float64Array(bias.length), new Float64Array(bias.length), new Float64Array(bias.length)];
  const weightScales = weights.quantization!.scale;
  for (let c = 0; c < bias.length; c++) {
    const product = input.quantization!.scale[0]! * (weightScales[c] ?? weightScales[0]!);
    const scale = quantizeMultiplier(product / output.quantization!.scale[0]!);
    factors[c] = scale.multiplier * 2 ** (scale.shift - 31);
    if (factors[c]! > 1 || !staysInInt32(bias[c]! * factors[c]!)) return undefined;
    // The half is for rounding to nearest by rounding down.
    offsets[c] = bias[c]! * factors[c]! + output.quantization!.zeroPoint[0]! + 0.5 + positiveOffset;
    doubts[c] = doubtOf(scale);
  }
  return { factors, offsets, doubts };
}

function byRows(reference: ReturnType<typeof rowRequantizer>, channels: number): TensorRequantizer {
  const row = new Int32Array(channels);
  return (sums, result) => {
    for (let at = 0; at < sums.length; at += channels) {
      for (let c = 0; c < channels; c++) row[c] = sums[at + c]!;
      reference(row, 0, channels, result, at);
    }
  };
}
