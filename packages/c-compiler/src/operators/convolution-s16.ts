// CONV_2D, FULLY_CONNECTED, DEPTHWISE_CONV_2D and TRANSPOSE_CONV on int16 with int8 weights.
import { elementCount, patchGeometry, type PatchGeometry } from '@wherry/graph';
import { pixelByPixel } from '../access/orders.js';
import { array, input, output, settings, type KernelCall } from '../kernel-call.js';
import type { OperatorContext } from '../operator-context.js';
import { slidingOf, type FilterOperands } from './filtering.js';
import { filterOperands, wideScaling, type WideScaling } from './requantization-s16.js';
import { spreadSizes } from './transposed-convolution.js';
import { windowSettings } from './window-settings.js';

type Calls = readonly KernelCall[] | undefined;

export function convolutionInt16(context: OperatorContext<'CONV_2D'>): Calls {
  const operands = filterOperands(context, 0);
  if (operands === undefined) return undefined;
  const { attributes } = context.node;
  const { source, weights } = operands;
  const scaling = wideScaling(operands, weights.shape[0]!, attributes.activation, attributes);
  return convolutionCall(patchGeometry(source.shape, weights.shape, attributes), operands, scaling);
}

/** A dense layer is a convolution of one pixel for each vector. */
export function denseInt16(context: OperatorContext<'FULLY_CONNECTED'>): Calls {
  const operands = filterOperands(context, 0);
  if (operands === undefined) return undefined;
  const { attributes } = context.node;
  const { source, weights } = operands;
  const [units, depth] = weights.shape as [number, number];
  const plain = { padding: 'VALID', strideH: 1, strideW: 1, dilationH: 1, dilationW: 1 } as const;
  const geometry = patchGeometry([1, elementCount(source.shape) / depth, 1, depth], [units, 1, 1, depth], plain);
  return convolutionCall(geometry, operands, wideScaling(operands, units, attributes.activation, attributes));
}

function convolutionCall(g: PatchGeometry, { weights }: FilterOperands, scaling: WideScaling | undefined): Calls {
  if (scaling === undefined) return undefined;
  const channels = weights.shape[0]!;
  return [
    {
      file: 'conv-2d-s16',
      kernel: 'wherry_conv_2d_s16',
      arguments: [
        input(0),
        output(0),
        array('weights', 'int8_t', weights.data as Int8Array),
        ...scaling.arguments,
        settings('settings', 'wherry_conv_2d_s16_settings', {
          ...windowSettings(g),
          output_c: channels,
          groups: g.inputChannels / g.groupChannels,
          to: scaling.to,
        }),
      ],
      access: pixelByPixel(slidingOf(g), 2 * g.inputChannels, 2 * channels),
    },
  ];
}

export function depthwiseInt16(context: OperatorContext<'DEPTHWISE_CONV_2D'>): Calls {
  const operands = filterOperands(context, 0);
  if (operands === undefined) return undefined;
  const { source, weights } = operands;
  const channels = weights.shape[3]!;
  // Its accumulators have 64 bits, whatever the bias.
  const scaling = wideScaling(operands, channels, context.node.attributes.activation, { quantizedBiasType: 'INT64' });
  if (scaling === undefined) return undefined;
  const g = patchGeometry(source.shape, weights.shape, context.node.attributes);
  return [
    {
      file: 'depthwise-conv-2d-s16',
      kernel: 'wherry_depthwise_conv_2d_s16',
      arguments: [
        input(0),
        output(0),
        array('weights', 'int8_t', weights.data as Int8Array),
        ...scaling.arguments,
        settings('settings', 'wherry_depthwise_s16_settings', {
          ...windowSettings(g),
          depth_multiplier: channels / g.inputChannels,
          to: scaling.to,
        }),
      ],
      access: pixelByPixel(slidingOf(g), 2 * g.inputChannels, 2 * channels),
    },
  ];
}

export function transposedConvolutionInt16(context: OperatorContext<'TRANSPOSE_CONV'>): Calls {
  const operands = filterOperands(context, 2);
  if (operands === undefined) return undefined;
  const { weights } = operands;
  const { attributes } = context.node;
  const channels = weights.shape[0]!;
  const scaling = wideScaling(operands, channels, attributes.activation, attributes);
  if (scaling === undefined) return undefined;
  return [
    {
      file: 'transpose-conv-s16',
      kernel: 'wherry_transpose_conv_s16',
      arguments: [
        input(2),
        output(0),
        array('weights', 'int8_t', weights.data as Int8Array),
        ...scaling.arguments,
        settings('settings', 'wherry_transpose_conv_s16_settings', { ...spreadSizes(context), to: scaling.to }),
      ],
    },
  ];
}
