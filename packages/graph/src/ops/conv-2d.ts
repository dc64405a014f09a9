// CONV_2D: a filter slid over height and width, one output channel per filter.
import { activationBounds, quantizedActivationBounds, type FusedActivation } from '../arithmetic/activation.js';
import { gatherPatch, patchGeometry, type ConvolutionAttributes } from '../arithmetic/patches.js';
import { channelScales, requantize } from '../arithmetic/requantize.js';
import { byteLength } from '../data-type.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { elementCount } from '../shape.js';

export interface Conv2dAttributes extends ConvolutionAttributes {
  readonly activation: FusedActivation;
}

export const conv2d = defineOperator<'CONV_2D', Conv2dAttributes>({
  kind: 'CONV_2D',
  summary: '2-D convolution of [N,H,W,C] with filters [O,H,W,C/groups] and an optional bias [O]',
  arity: { inputs: [2, 3], outputs: 1 },
  defaults: { padding: 'SAME', strideH: 1, strideW: 1, dilationH: 1, dilationW: 1, activation: 'NONE' },
  requires: [
    {
      sentence: 'input and filter have 4 dimensions',
      holds: ({ inputs: [input, filter] }) => input!.shape.length === 4 && filter!.shape.length === 4,
    },
    {
      sentence: 'strides and dilations are at least 1',
      holds: ({ attributes: a }) => Math.min(a.strideH, a.strideW, a.dilationH, a.dilationW) >= 1,
    },
    {
      sentence: 'the input channels are a whole multiple of the filter channels, and so are the filters of the groups',
      holds: ({ inputs: [input, filter] }) => {
        const groups = input!.shape[3]! / filter!.shape[3]!;
        return Number.isInteger(groups) && filter!.shape[0]! % groups === 0;
      },
    },
    {
      sentence: 'the bias has one value per filter',
      holds: ({ inputs: [, filter, bias] }) => bias === undefined || elementCount(bias.shape) === filter!.shape[0],
    },
    {
      sentence: 'the filter, dilated, fits into an unpadded input',
      holds: ({ inputs: [input, filter], attributes }) => {
        const geometry = patchGeometry(input!.shape, filter!.shape, attributes);
        return geometry.outputH > 0 && geometry.outputW > 0;
      },
    },
  ],
  infer: ({ inputs: [input, filter], attributes }) => {
    const { batches, outputH, outputW } = patchGeometry(input!.shape, filter!.shape, attributes);
    return [{ shape: [batches, outputH, outputW, filter!.shape[0]!], dtype: input!.dtype }];
  },
  kernels: { float: convolveFloat, int8: convolveInt8 },
  quantization: {
    output: { from: 'calibration' },
    activations: [0],
    weights: { input: 1, axis: 0 },
    bias: { input: 2 },
  },
  traits: { acceptsFusedActivation: true },
  cost: ({ inputs, outputs: [output] }) => {
    const [, filterH, filterW, channels] = inputs[1]!.shape as [number, number, number, number];
    const outputs = elementCount(output!.shape);
    const operands = [...inputs.filter((operand) => operand !== undefined), output!];
    return {
      macs: outputs * filterH * filterW * channels,
      elementOps: outputs,
      bytes: operands.reduce((sum, operand) => sum + byteLength(operand.dtype, elementCount(operand.shape)), 0),
    };
  },
  tflite: {
    builtin: 'CONV_2D',
    options: 'Conv2DOptions',
    fields: {
      padding: 'padding', strideH: 'stride_h', strideW: 'stride_w',
      dilationH: 'dilation_h_factor', dilationW: 'dilation_w_factor', activation: 'fused_activation_function',
    },
    version: ({ attributes, inputs: [input] }) =>
      input!.dtype === 'int8' ? 3 : input!.dtype === 'int16' ? 4 : attributes.dilationH > 1 || attributes.dilationW > 1 ? 2 : 1,
  },
  tflm: { resolver: 'AddConv2D' },
});

function convolveFloat({ inputs: [input, filter, bias], outputs: [output], attributes }: KernelContext<Conv2dAttributes>): void {
  const weights = filter!.data as Float32Array;
  const biases = bias?.data as Float32Array | undefined;
  const result = output!.data as Float32Array;
  const [low, high] = activationBounds(attributes.activation);
  forEachDot(input!.data as Float32Array, 0, input!.shape, filter!.shape, attributes, Float32Array, (patch, channel, at) => {
    let sum = biases === undefined ? 0 : biases[channel]!;
    const from = channel * patch.length;
    for (let k = 0; k < patch.length; k++) sum += patch[k]! * weights[from + k]!;
    result[at] = Math.min(high, Math.max(low, sum));
  });
}

function convolveInt8({ inputs: [input, filter, bias], outputs: [output], attributes, rounding }: KernelContext<Conv2dAttributes>): void {
  const weights = filter!.data as Int8Array;
  const biases = bias?.data as Int32Array | undefined;
  const result = output!.data as Int8Array;
  const clamp = quantizedActivationBounds(attributes.activation, output!.dtype, output!.quantization!);
  const scales = channelScales(input!, filter!, output!, filter!.shape[0]!);
  const zeroPoint = input!.quantization!.zeroPoint[0]!;
  forEachDot(input!.data as Int8Array, zeroPoint, input!.shape, filter!.shape, attributes, Int32Array, (patch, channel, at) => {
    let sum = biases === undefined ? 0 : biases[channel]!;
    const from = channel * patch.length;
    for (let k = 0; k < patch.length; k++) sum = (sum + patch[k]! * weights[from + k]!) | 0;
    result[at] = requantize(sum, channel, scales, output!, clamp, rounding);
  });
}

/** Visits every output element with the patch it is the dot product of. `at` is its index in [N,H,W,O]. */
function forEachDot<P extends Float32Array | Int32Array>(
  input: Float32Array | Int8Array,
  zeroPoint: number,
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: ConvolutionAttributes,
  Patch: new (length: number) => P,
  visit: (patch: P, channel: number, at: number) => void,
): void {
  const geometry = patchGeometry(inputShape, filterShape, attributes);
  const filters = filterShape[0]!;
  const groups = geometry.inputChannels / geometry.groupChannels;
  const filtersPerGroup = filters / groups;
  const patch = new Patch(geometry.filterH * geometry.filterW * geometry.groupChannels);
  let pixel = 0;
  for (let batch = 0; batch < geometry.batches; batch++) {
    for (let y = 0; y < geometry.outputH; y++) {
      for (let x = 0; x < geometry.outputW; x++, pixel++) {
        for (let group = 0; group < groups; group++) {
          gatherPatch(patch, input, zeroPoint, geometry, { batch, y, x, group });
          for (let f = 0; f < filtersPerGroup; f++) {
            const channel = group * filtersPerGroup + f;
            visit(patch, channel, pixel * filters + channel);
          }
        }
      }
    }
  }
}
