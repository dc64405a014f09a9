// Scales as kernels take them that know their sums to be small: kernels/portable/channel.h.
import { array, type Argument, type ArrayArgument, type SettingsValues } from '../kernel-call.js';
import type { ChannelScaling } from './requantization.js';

/** Filters [channels, length], int8. */
export interface Filters {
  readonly values: Int8Array;
  readonly channels: number;
  readonly length: number;
}

export interface SmallScaling {
  /** With the input's zero point folded in. */
  readonly bias: ArrayArgument;
  readonly scaling: ChannelScaling;
}

/** An offset that is shifted up by more is none of 32 bits. */
const mostShift = 22;

export function isSmallShift(shift: number): boolean {
  return shift <= -1 && shift >= -mostShift;
}

/** What `wherry_requantize_small` takes. */
export function smallScale(
  { multiplier, shift }: { readonly multiplier: number; readonly shift: number },
  zeroPoint: number,
): { readonly multiplier: number; readonly offset: number; readonly shift: number } {
  return { multiplier: 2 * multiplier - 2 ** 32, offset: (2 * zeroPoint + 1) * 2 ** (-shift - 1), shift: -shift };
}

/** Whether `wherry_requantize_small` can scale every sum. */
export function areSumsSmall({ values, channels, length }: Filters, { bias, scaling }: SmallScaling): boolean {
  for (let channel = 0; channel < channels; channel++) {
    let bound = Math.abs(bias.values[channel]!);
    for (let k = 0; k < length; k++) bound += 128 * Math.abs(values[channel * length + k]!);
    if (bound >= 2 ** 30 || !isSmallShift(scaling.shifts.values[channel]!)) return false;
  }
  return true;
}

/** Of the channel; 0 behind the last. */
function scaleOfChannel({ multipliers, shifts, to }: ChannelScaling, channel: number): SettingsValues {
  if (channel >= multipliers.values.length) return { multiplier: 0, offset: 0, shift: 1 };
  const [multiplier, shift] = [multipliers.values[channel]!, shifts.values[channel]!];
  return { ...smallScale({ multiplier, shift }, to.zero_point) };
}

/** A `wherry_channel` for each channel, and as many behind them that are none as make it a multiple of `unit`. */
export function channelRecords({ bias, scaling }: SmallScaling, unit: number): Argument {
  const length = Math.ceil(bias.values.length / unit) * unit;
  const records = Array.from({ length }, (_, channel) => ({
    scale: scaleOfChannel(scaling, channel),
    bias: bias.values[channel] ?? 0,
  }));
  return { is: 'records', name: 'channels', type: 'wherry_channel', records };
}

/** What channels have by themselves where their biases and their scales lie apart. */
export interface BiasesAndScales {
  readonly bias: Argument;
  /** One where all channels have the same. */
  readonly scales: Argument;
  /** From the scale of a channel to that of the next. */
  readonly apart: 0 | 1;
}

/** Of each channel, and of as many behind them that are none as make it a multiple of `unit`. */
export function biasesAndScales({ bias, scaling }: SmallScaling, unit: number): BiasesAndScales {
  const length = Math.ceil(bias.values.length / unit) * unit;
  const apart = Number(!areScalesTheSame(scaling)) as 0 | 1;
  const records = Array.from({ length: apart === 1 ? length : 1 }, (_, channel) => scaleOfChannel(scaling, channel));
  return {
    bias: array(
      bias.name,
      bias.type,
      Array.from({ length }, (_, channel) => bias.values[channel] ?? 0),
    ),
    scales: { is: 'records', name: 'scales', type: 'wherry_small_scale', records },
    apart,
  };
}

/** As in layers whose weights have one scale: a dense layer keeps 12 bytes of each channel. */
function areScalesTheSame({ multipliers, shifts }: ChannelScaling): boolean {
  const isFirst = (value: number, _: number, values: readonly number[]): boolean => value === values[0];
  return Array.from(multipliers.values).every(isFirst) && Array.from(shifts.values).every(isFirst);
}

/** Bounds as distances from the zero point of the output. */
interface Clamping {
  readonly to: Pick<ChannelScaling['to'], 'low' | 'high' | 'zero_point'>;
}

/** What the activation leaves of int8. */
export function boundSettings({ to: { low, high, zero_point: zeroPoint } }: Clamping): {
  readonly low: number;
  readonly high: number;
} {
  return { low: low + zeroPoint, high: high + zeroPoint };
}

/** The same for kernels that saturate by an instruction, and hold within narrower bounds behind that. */
export function clampSettings(clamping: Clamping): SettingsValues & object {
  const { low, high } = boundSettings(clamping);
  return { low, high, narrow: Number(low > -128 || high < 127) };
}
