// DEPTHWISE_CONV_2D on int8.
import { patchGeometry, type Tensor } from '@wherry/graph';
import { pixelByPixel } from '../access/orders.js';
import { array, input, output, settings, type KernelCall } from '../kernel-call.js';
import { areInt8, zeroPointOf, type OperatorContext } from '../operator-context.js';
import { depthwisePlanes } from './depthwise-planes.js';
import { areConstants, slidingOf } from './filtering.js';
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
  if (context.variant === 'arm-dsp') {
    const call = depthwisePlanes(g, { values: filters, channels, length: taps, bias, scaling, inputZeroPoint });
    if (call !== undefined) return [call];
  }
  const inLanes = context.variant === 'arm-mve' && channels === g.inputChannels && scaling.to.shifts_down === 1;
  return [
    {
      file: inLanes ? 'arm-mve/depthwise-lanes-s8' : 'depthwise-conv-2d-s8',
      kernel: inLanes ? 'wherry_depthwise_lanes_s8' : 'wherry_depthwise_conv_2d_s8',
      arguments: [
        input(0),
        output(0),
        { is: 'pointers', count: taps },
        array('padding', 'int8_t', new Int8Array(g.inputChannels).fill(inputZeroPoint)),
        array('weights', 'int8_t', values),
        bias,
        scaling.multipliers,
        scaling.shifts,
        settings('settings', 'wherry_depthwise_conv_2d', {
          batches: g.batches,
          input_h: g.inputH,
          input_w: g.inputW,
          input_c: g.inputChannels,
          output_h: g.outputH,
          output_w: g.outputW,
          depth_multiplier: channels / g.inputChannels,
          filter_h: filterH,
          filter_w: filterW,
          stride_h: g.strideH,
          stride_w: g.strideW,
          dilation_h: g.dilationH,
          dilation_w: g.dilationW,
          top: g.top,
          left: g.left,
          to: scaling.to,
        }),
      ],
      access: pixelByPixel(slidingOf(g), g.inputChannels, channels),
    },
  ];
}
