// What kernels with a filter end with: scales of each output channel, and the bias with the input's zero point folded in.
import { fixedPointScales, quantizedActivationBounds, type FusedActivation, type Tensor } from '@wherry/graph';
import { array, type ArrayArgument } from '../kernel-call.js';
import { zeroPointOf } from '../operator-context.js';

export interface ChannelScaling {
  readonly multipliers: ArrayArgument;
  readonly shifts: ArrayArgument;
  /** Of `wherry_requantization`. */
  readonly to: {
    readonly zero_point: number;
    readonly low: number;
    readonly high: number;
    readonly shifts_down: number;
  };
}

/** `channels`: output channels, each with a scale of its own or all with one. */
export function channelScaling(
  { input, weights, output }: { readonly input: Tensor; readonly weights: Tensor; readonly output: Tensor },
  channels: number,
  activation: FusedActivation,
): ChannelScaling {
  const scales = fixedPointScales({ input, weights, output, bias: new Int32Array(channels) });
  const zeroPoint = zeroPointOf(output);
  const [low, high] = quantizedActivationBounds(activation, 'int8', output.quantization!);
  return {
    multipliers: array(
      'multipliers',
      'int32_t',
      scales.map(({ multiplier }) => multiplier),
    ),
    shifts: array(
      'shifts',
      'int8_t',
      scales.map(({ shift }) => shift),
    ),
    to: {
      zero_point: zeroPoint,
      low: low - zeroPoint,
      high: high - zeroPoint,
      shifts_down: Number(scales.every(({ shift }) => shift < 0)),
    },
  };
}

/** The bias less the input's zero point times the sum of the channel's weights, modulo 2^32. `weightsOf`: those of one channel. */
export function foldedBias(
  bias: Tensor | undefined,
  inputZeroPoint: number,
  channels: number,
  weightsOf: (channel: number) => Iterable<number>,
): ArrayArgument {
  const folded = Int32Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (const weight of weightsOf(channel)) sum += weight;
    return (Number(bias?.data?.[channel] ?? 0) - inputZeroPoint * sum) | 0;
  });
  return array('bias', 'int32_t', folded);
}
