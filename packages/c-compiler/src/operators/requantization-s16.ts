// What kernels on int16 with a filter end with: a bias of 64 bits, and scales of each output channel.
import {
  fixedPointScales,
  quantizedActivationBounds,
  reducedMultiplier,
  wideBias,
  type BiasTyped,
  type FusedActivation,
} from '@wherry/graph';
import { array, type Argument, type SettingsValues } from '../kernel-call.js';
import { numberForm, type OperatorContext } from '../operator-context.js';
import type { FilterOperands } from './filtering.js';

/** Those of int16 activations and known int8 weights, undefined where they are others. `at`: the position of the input. */
export function filterOperands(context: OperatorContext, at: 0 | 2): FilterOperands | undefined {
  if (numberForm(context, [at]) !== 's16') return undefined;
  const { inputs } = context;
  const weights = inputs[1]!;
  const bias = inputs[at === 0 ? 2 : 3];
  if (weights.data === undefined || weights.dtype !== 'int8') return undefined;
  if (bias !== undefined && bias.data === undefined) return undefined;
  return { source: inputs[at]!, weights, bias, output: context.outputs[0]! };
}

export interface WideScaling {
  /** Bias, multipliers and shifts, as the kernels take them. */
  readonly arguments: readonly Argument[];
  /** Of `wherry_requantization_s16`. */
  readonly to: SettingsValues;
}

/** `undefined` where a sum is to be scaled up by more than the kernels can. */
export function wideScaling(
  { source, weights, bias, output }: FilterOperands,
  channels: number,
  activation: FusedActivation,
  biasTyped: BiasTyped,
): WideScaling | undefined {
  const wide = wideBias(bias === undefined ? undefined : { ...bias, data: bias.data! }, channels, biasTyped);
  const scales = fixedPointScales({ input: source, weights, output, bias: new Int32Array(channels) });
  const isNarrow = wide instanceof Int32Array;
  if (!isNarrow && scales.some(({ shift }) => shift > 14)) return undefined;
  const multipliers = scales.map((scale) => (isNarrow ? scale.multiplier : reducedMultiplier(scale)));
  const shifts = scales.map(({ shift }) => shift);
  const [low, high] = quantizedActivationBounds(activation, output.dtype, output.quantization!);
  return {
    arguments: [
      { is: 'longs', name: 'bias', values: isNarrow ? BigInt64Array.from(wide, BigInt) : wide },
      array('multipliers', 'int32_t', multipliers),
      array('shifts', 'int8_t', shifts),
    ],
    to: { low, high, narrow: Number(isNarrow) },
  };
}
