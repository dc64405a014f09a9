// What convolutions and dense layers on int8 have in common.
import type { FusedActivation, PatchGeometry, Tensor } from '@wherry/graph';
import type { Sliding } from '../access/orders.js';
import type { ArrayArgument } from '../kernel-call.js';
import { zeroPointOf } from '../operator-context.js';
import { channelScaling, foldedBias, type ChannelScaling } from './requantization.js';

/** Filter and bias are packed and folded ahead: both have to be known. */
export function areConstants({ dtype, data }: Tensor, bias: Tensor | undefined): boolean {
  const isBiasKnown = bias === undefined || bias.data !== undefined;
  return isBiasKnown && data !== undefined && (dtype === 'int8' || dtype === 'int4');
}

export interface FilterOperands {
  readonly source: Tensor;
  readonly weights: Tensor;
  readonly bias: Tensor | undefined;
  readonly output: Tensor;
}

/** Filters [channels, length] with all that follows from the scales. */
export interface Filtering {
  readonly channels: number;
  readonly length: number;
  readonly values: Int8Array;
  /** Of 4 bits, and stored so: kernels of their own read them. */
  readonly areNibbles: boolean;
  /** With the input's zero point folded in. */
  readonly bias: ArrayArgument;
  readonly scaling: ChannelScaling;
  readonly inputZeroPoint: number;
}

/** Weights [output channels, ...]. */
export function filteringOf({ source, weights, bias, output }: FilterOperands, activation: FusedActivation): Filtering {
  const channels = weights.shape[0]!;
  const values = weights.data as Int8Array;
  const length = values.length / channels;
  const inputZeroPoint = zeroPointOf(source);
  return {
    channels,
    length,
    values,
    areNibbles: weights.dtype === 'int4',
    bias: foldedBias(bias, inputZeroPoint, channels, (o) => values.subarray(o * length, (o + 1) * length)),
    scaling: channelScaling({ input: source, weights, output }, channels, activation),
    inputZeroPoint,
  };
}

/** How the window slides, with the rows and columns that it reaches over. */
export function slidingOf(g: PatchGeometry): Sliding {
  return { ...g, reachH: (g.filterH - 1) * g.dilationH + 1, reachW: (g.filterW - 1) * g.dilationW + 1 };
}

/** Whether one window is the whole image, value for value: as many values may also lie apart, or partly in the padding. */
export function isDense(g: PatchGeometry): boolean {
  const isAll = (filter: number, input: number, dilation: number): boolean =>
    filter === input && (filter === 1 || dilation === 1);
  return (
    g.batches * g.outputH * g.outputW === 1 &&
    g.groupChannels === g.inputChannels &&
    g.top === 0 &&
    g.left === 0 &&
    isAll(g.filterH, g.inputH, g.dilationH) &&
    isAll(g.filterW, g.inputW, g.dilationW)
  );
}
