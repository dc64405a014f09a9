// DEPTHWISE_CONV_2D on int8.
import { patchGeometry, type Tensor } from '@wherry/graph';
import type { KernelCall } from '../kernel-call.js';
import { areInt8, zeroPointOf, type OperatorContext } from '../operator-context.js';
import { depthwiseChannels } from './depthwise-channels.js';
import { depthwiseLanes } from './depthwise-lanes.js';
import { depthwisePlanes } from './depthwise-planes.js';
import { areConstants } from './filtering.js';
import { channelScaling, foldedBias } from './requantization.js';

export function depthwiseConvolution(context: OperatorContext<'DEPTHWISE_CONV_2D'>): readonly KernelCall[] | undefined {
  const { inputs, outputs, node } = context;
  const [source, weights, biasTensor] = inputs as [Tensor, Tensor, Tensor | undefined];
  if (!areInt8(context, [0]) || !areConstants(weights, biasTensor)) return undefined;
  const [, filterH, filterW, channels] = weights.shape as [number, number, number, number];
  const g = patchGeometry(source.shape, weights.shape, node.attributes);
  const values = weights.data as Int8Array;
  const taps = filterH * filterW;
  // One filter behind the other.
  const filters = Int8Array.from(values, (_, i) => values[(i % taps) * channels + Math.floor(i / taps)]!);
  const scaling = channelScaling({ input: source, weights, output: outputs[0]! }, channels, node.attributes.activation);
  const inputZeroPoint = zeroPointOf(source);
  const bias = foldedBias(biasTensor, inputZeroPoint, channels, (c) => filters.subarray(c * taps, (c + 1) * taps));
  const areNibbles = weights.dtype === 'int4';
  const filtering = { values: filters, areNibbles, channels, length: taps, bias, scaling, inputZeroPoint };
  if (areNibbles) return [depthwiseChannels(g, filtering)];
  const planes = context.variant === 'arm-dsp' ? depthwisePlanes(g, filtering) : undefined;
  const lanes = context.variant === 'arm-mve' ? depthwiseLanes(g, filtering, values) : undefined;
  return [planes ?? lanes ?? depthwiseChannels(g, filtering)];
}
