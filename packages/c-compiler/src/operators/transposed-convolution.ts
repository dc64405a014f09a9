// TRANSPOSE_CONV on int8 and on float32.
import { slidingWindow, type Tensor } from '@wherry/graph';
import { array, input, output, settings, type KernelCall, type SettingsValues } from '../kernel-call.js';
import { areInt8, numberForm, zeroPointOf, type OperatorContext } from '../operator-context.js';
import { activationNumber } from './activation-f32.js';
import { areConstants } from './filtering.js';
import { channelScaling, foldedBias } from './requantization.js';

export function transposedConvolution(context: OperatorContext<'TRANSPOSE_CONV'>): readonly KernelCall[] | undefined {
  const { inputs, outputs, node } = context;
  const [weights, source, bias] = inputs.slice(1) as [Tensor, Tensor, Tensor | undefined];
  if (!areInt8(context, [2]) || !areConstants(weights, bias)) return undefined;
  const channels = weights.shape[0]!;
  const { activation } = node.attributes;
  const scaling = channelScaling({ input: source, weights, output: outputs[0]! }, channels, activation);
  return [
    {
      file: 'transpose-conv-s8',
      kernel: 'wherry_transpose_conv_s8',
      arguments: [
        input(2),
        output(0),
        array('weights', 'int8_t', weights.data as Int8Array),
        // Which weights meet a pixel differs from pixel to pixel: the zero point is taken off the values.
        foldedBias(bias, 0, channels, () => []),
        scaling.multipliers,
        scaling.shifts,
        settings('settings', 'wherry_transpose_conv', {
          ...spreadSizes(context),
          input_zero_point: zeroPointOf(source),
          to: scaling.to,
        }),
      ],
    },
  ];
}

export function transposedConvolutionFloat(
  context: OperatorContext<'TRANSPOSE_CONV'>,
): readonly KernelCall[] | undefined {
  const [weights, , bias] = context.inputs.slice(1) as [Tensor, Tensor, Tensor | undefined];
  const isKnown = weights.data !== undefined && (bias === undefined || bias.data !== undefined);
  if (!isKnown || numberForm(context, [1, 2]) !== 'f32') return undefined;
  return [
    {
      file: 'transpose-conv-f32',
      kernel: 'wherry_transpose_conv_f32',
      arguments: [
        input(2),
        output(0),
        input(1),
        bias === undefined ? array('bias', 'float', new Float32Array(weights.shape[0]!)) : input(3),
        settings('settings', 'wherry_transpose_conv_f32_settings', {
          ...spreadSizes(context),
          activation: activationNumber(context.node.attributes.activation),
        }),
      ],
    },
  ];
}

/** Sizes of both images and of the filter, and where the first window lies. */
export function spreadSizes({ inputs, outputs, node }: OperatorContext<'TRANSPOSE_CONV'>): SettingsValues & object {
  const [batches, inputH, inputW, inputC] = inputs[2]!.shape as [number, number, number, number];
  const [channels, filterH, filterW] = inputs[1]!.shape as [number, number, number];
  const [, outputH, outputW] = outputs[0]!.shape as [number, number, number];
  const { padding, strideH, strideW } = node.attributes;
  return {
    batches,
    ...{ input_h: inputH, input_w: inputW, input_c: inputC },
    ...{ output_h: outputH, output_w: outputW, output_c: channels },
    ...{ filter_h: filterH, filter_w: filterW, stride_h: strideH, stride_w: strideW },
    top: slidingWindow(outputH, filterH, strideH, 1, padding).before,
    left: slidingWindow(outputW, filterW, strideW, 1, padding).before,
  };
}
