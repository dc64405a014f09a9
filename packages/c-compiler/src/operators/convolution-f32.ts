// CONV_2D, FULLY_CONNECTED and DEPTHWISE_CONV_2D on float32.
import { elementCount, patchGeometry, type FusedActivation, type PatchGeometry, type Tensor } from '@wherry/graph';
import { pixelByPixel } from '../access/orders.js';
import { array, input, output, settings, type Argument, type KernelCall, type SettingsValues } from '../kernel-call.js';
import { numberForm, type OperatorContext } from '../operator-context.js';
import { activationNumber } from './activation-f32.js';
import { slidingOf } from './filtering.js';
import { windowSettings } from './window-settings.js';

type Calls = readonly KernelCall[] | undefined;

export function convolutionFloat(context: OperatorContext<'CONV_2D'>): Calls {
  if (!areFloats(context)) return undefined;
  const [source, weights] = context.inputs as [Tensor, Tensor];
  const { attributes } = context.node;
  return convolutionCall(patchGeometry(source.shape, weights.shape, attributes), context, attributes.activation);
}

/** A dense layer is a convolution of one pixel for each vector. */
export function denseFloat(context: OperatorContext<'FULLY_CONNECTED'>): Calls {
  if (!areFloats(context)) return undefined;
  const [source, weights] = context.inputs as [Tensor, Tensor];
  const [units, depth] = weights.shape as [number, number];
  const plain = { padding: 'VALID', strideH: 1, strideW: 1, dilationH: 1, dilationW: 1 } as const;
  const geometry = patchGeometry([1, elementCount(source.shape) / depth, 1, depth], [units, 1, 1, depth], plain);
  return convolutionCall(geometry, context, context.node.attributes.activation);
}

function convolutionCall(g: PatchGeometry, context: OperatorContext, activation: FusedActivation): Calls {
  const channels = context.inputs[1]!.shape[0]!;
  const groups = g.inputChannels / g.groupChannels;
  return filterCall(g, context, 'conv_2d', channels, {
    output_c: channels,
    groups,
    activation: activationNumber(activation),
  });
}

export function depthwiseFloat(context: OperatorContext<'DEPTHWISE_CONV_2D'>): Calls {
  if (!areFloats(context)) return undefined;
  const [source, weights] = context.inputs as [Tensor, Tensor];
  const { attributes } = context.node;
  const g = patchGeometry(source.shape, weights.shape, attributes);
  const channels = weights.shape[3]!;
  return filterCall(g, context, 'depthwise', channels, {
    depth_multiplier: channels / g.inputChannels,
    activation: activationNumber(attributes.activation),
  });
}

/** `own`: what the kernel's settings have beside the window. `name`: what those are called after. */
function filterCall(
  g: PatchGeometry,
  { inputs }: OperatorContext,
  name: string,
  channels: number,
  own: SettingsValues & object,
): Calls {
  const kernel = name === 'depthwise' ? 'depthwise_conv_2d' : name;
  const bias = (inputs[2]?.data as Float32Array | undefined) ?? new Float32Array(channels);
  return [
    {
      file: `${kernel.replaceAll('_', '-')}-f32`,
      kernel: `wherry_${kernel}_f32`,
      arguments: [
        input(0),
        output(0),
        floats('weights', inputs[1]!.data as Float32Array),
        floats('bias', bias),
        settings('settings', `wherry_${name}_f32_settings`, { ...windowSettings(g), ...own }),
      ],
      access: pixelByPixel(slidingOf(g), 4 * g.inputChannels, 4 * channels),
    },
  ];
}

function floats(name: string, values: Float32Array): Argument {
  return array(name, 'float', values);
}

/** Activations, filter and bias; both of the latter known. */
function areFloats(context: OperatorContext): boolean {
  const [, weights, bias] = context.inputs;
  const isKnown = weights?.data !== undefined && (bias === undefined || bias.data !== undefined);
  return isKnown && numberForm(context, [0, 1]) === 'f32';
}
