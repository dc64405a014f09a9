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
  for (let i = 0; i < weights.length; i++) {
    const channel = Math.floor(i / inner) % channels;
    const mean = inputMean[depthwise ? Math.floor(channel / multiplier) : inputChannel(i % lastSize, channel, channels, inputMean.length, lastSize)]!;
    error[channel]! += (Number(integers[i]) * (quantization.scale[channel] ?? quantization.scale[0]!) - weights[i]!) * mean;
  }
  return error;
}

/**
 * In a grouped convolution, tap channel `tap` of output `channel` reads input channel group * size + tap. A dense layer that
 * flattens its input has more taps than the input has channels; they come round again for every place.
 */
function inputChannel(tap: number, channel: number, channels: number, inputs: number, groupSize: number): number {
  if (groupSize >= inputs) return tap % inputs;
  const group = Math.floor((channel * (inputs / groupSize)) / channels);
  return group * groupSize + tap;
}
