// Bias correction: takes the mean error that weight rounding adds to each output channel out of the bias.
import type { Quantization, TensorData } from '@wherry/graph';

export interface WeightedOperand {
  /** Float weights and their integers, C order, with `shape`. */
  readonly weights: Float32Array;
  readonly integers: TensorData;
  readonly shape: readonly number[];
  readonly quantization: Quantization;
  /** Axis of the output channels. */
  readonly axis: number;
}

/**
 * Expected output error per channel: sum over taps of (dequantized - float weight) * mean input of the tap's channel.
 * Source: the analytic form of bias correction (Data-Free Quantization, section 4.2), with measured instead of assumed means.
 * `inputMean` has one entry per input channel: the last axis of the weights, or, when that is the output axis
 * (depthwise), the output channel's own input `channel / multiplier`.
 */
export function meanOutputError(operand: WeightedOperand, inputMean: Float64Array): Float64Array {
  const { weights, integers, shape, quantization, axis } = operand;
  const channels = shape[axis]!;
  const last = shape.length - 1;
  const lastSize = shape[last]!;
  const inner = shape.slice(axis + 1).reduce((product, dimension) => product * dimension, 1);
  const error = new Float64Array(channels);
  const depthwise = axis === last;
  const multiplier = channels / inputMean.length;
  for (
    let start = 0, channel = 0;
    start < weights.length;
    start += inner, channel = channel + 1 === channels ? 0 : channel + 1
  ) {
    const scale = quantization.scale[channel] ?? quantization.scale[0]!;
    const firstInput = depthwise
      ? Math.floor(channel / multiplier)
      : firstInputChannel(channel, channels, inputMean.length, lastSize);
    let sum = 0;
    for (let i = start, tap = firstInput, end = start + inner, rest = 0; i < end; i++) {
      sum += (Number(integers[i]) * scale - weights[i]!) * inputMean[tap]!;
      if (depthwise) continue;
      // Taps run over the group's channels; a dense layer that flattens its input goes round all channels once per place.
      rest = rest + 1 === lastSize ? 0 : rest + 1;
      tap = (firstInput + rest) % inputMean.length;
    }
    error[channel]! += sum;
  }
  return error;
}

/** In a grouped convolution, output `channel` reads the input channels of its group; everywhere else all of them. */
function firstInputChannel(channel: number, channels: number, inputs: number, groupSize: number): number {
  return groupSize >= inputs ? 0 : Math.floor((channel * (inputs / groupSize)) / channels) * groupSize;
}
