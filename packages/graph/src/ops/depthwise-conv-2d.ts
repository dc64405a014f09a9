// DEPTHWISE_CONV_2D: every input channel convolved on its own, with one or several filters each.
import { activationBounds, clamp } from '../arithmetic/activation.js';
import { bytesTouched } from '../arithmetic/bytes-touched.js';
import { centred } from '../arithmetic/centred.js';
import {
  convolutionDefaults,
  convolutionFields,
  filterFits,
  stepsAreWhole,
  type ActivatedConvolution,
} from '../arithmetic/convolution-rules.js';
import { quantizeAsymmetric, quantizeEach } from '../arithmetic/dynamic-range.js';
import { filterRules, isPerChannel } from '../arithmetic/filter-rules.js';
import { convolutionPatches } from '../arithmetic/multiplied-patches.js';
import { forEachPixel, patchGeometry } from '../arithmetic/patches.js';
import { hybridOutput } from '../arithmetic/hybrid-output.js';
import { rowRequantizer } from '../arithmetic/requantize.js';
import { symmetricInt16 } from '../arithmetic/symmetric-int16.js';
import { sumTapsInt16, sumTapsInt8, Taps } from '../arithmetic/taps.js';
import { wideRowRequantizer } from '../arithmetic/wide-requantize.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, bias, calibrated, weights } from '../operand-role.js';
import { elementCount } from '../shape.js';

export interface DepthwiseConv2dAttributes extends ActivatedConvolution {
  /** Output channels per input channel; implied by the shapes, but the format records it and the runtime reads it. */
  readonly depthMultiplier: number;
}

export const depthwiseConv2d = defineOperator<'DEPTHWISE_CONV_2D', DepthwiseConv2dAttributes>({
  kind: 'DEPTHWISE_CONV_2D',
  summary:
    '2-D convolution of each channel of [N,H,W,C] with its own filters [1,H,W,C*multiplier], optional bias [C*multiplier]',
  arity: { inputs: [2, 3], outputs: 1 },
  defaults: { ...convolutionDefaults, depthMultiplier: 1 },
  requires: [
    {
      sentence: 'input and filter have 4 dimensions, the first of the filter being 1',
      holds: ({ inputs: [input, filter] }) =>
        input!.shape.length === 4 && filter!.shape.length === 4 && filter!.shape[0] === 1,
    },
    stepsAreWhole,
    {
      sentence: 'the filter channels are the input channels times the depth multiplier',
      holds: ({ inputs: [input, filter], attributes }) =>
        filter!.shape[3] === input!.shape[3]! * attributes.depthMultiplier,
    },
    ...filterRules(3),
    ...filterFits,
    symmetricInt16,
    {
      sentence: 'the bias is int64 where the input is int16',
      holds: ({ inputs: [input, , bias] }) => input!.dtype !== 'int16' || bias === undefined || bias.dtype === 'int64',
    },
  ],
  infer: ({ inputs: [input, filter], attributes }) => {
    const { batches, outputH, outputW } = patchGeometry(input!.shape, filter!.shape, attributes);
    return [{ shape: [batches, outputH, outputW, filter!.shape[3]!], dtype: input!.dtype }];
  },
  kernels: { float: convolveFloat, int8: convolveInt8, int16: convolveInt16, hybrid: convolveHybrid },
  quantization: { operands: [activation, weights({ axis: 3, of: 0 }), bias({ of: 1 })], outputs: [calibrated] },
  traits: { acceptsFusedActivation: true },
  patches: (input, [, height, width, filters], attributes) =>
    convolutionPatches(input, [filters!, height!, width!, 1], attributes),
  cost: (context) => {
    const [, filterH, filterW] = context.inputs[1]!.shape as [number, number, number];
    const outputs = elementCount(context.outputs[0]!.shape);
    return { macs: outputs * filterH * filterW, elementOps: outputs, bytes: bytesTouched(context) };
  },
  tflite: {
    builtin: 'DEPTHWISE_CONV_2D',
    options: 'DepthwiseConv2DOptions',
    fields: { ...convolutionFields, depthMultiplier: 'depth_multiplier' },
    version: ({ attributes, inputs: [input, filter] }) => {
      if (input!.dtype === 'float32' && filter!.dtype === 'int8') return isPerChannel(filter!, 3) ? 6 : 4;
      if (input!.dtype === 'int8') return filter!.dtype === 'int4' ? 7 : 3;
      return attributes.dilationH > 1 || attributes.dilationW > 1 ? 2 : 1;
    },
  },
  tflm: { resolver: 'AddDepthwiseConv2D' },
});

type Context = KernelContext<DepthwiseConv2dAttributes>;

function convolveFloat({ inputs: [input, filter, bias], outputs: [output], attributes }: Context): void {
  const source = input!.data as Float32Array;
  const weights = filter!.data as Float32Array;
  const result = output!.data as Float32Array;
  const geometry = patchGeometry(input!.shape, filter!.shape, attributes);
  const channels = filter!.shape[3]!;
  const biases = (bias?.data as Float32Array | undefined) ?? new Float32Array(channels);
  const [low, high] = activationBounds(attributes.activation);
  const taps = new Taps(geometry, channels);
  forEachPixel(geometry, (batch, y, x, pixel) => {
    taps.move(batch, y, x);
    for (let c = 0; c < channels; c++) {
      const inputChannel = (c / attributes.depthMultiplier) | 0;
      let sum = biases[c]!;
      for (let t = 0; t < taps.count; t++)
        sum += source[taps.inputs[t]! + inputChannel]! * weights[taps.weights[t]! + c]!;
      result[pixel * channels + c] = clamp(sum, low, high);
    }
  });
}

function convolveInt8({ inputs: [input, filter, bias], outputs: [output], attributes, rounding }: Context): void {
  const source = centred(input!.data as Int8Array, input!.quantization!.zeroPoint[0]!);
  const weights = filter!.data as Int8Array;
  const geometry = patchGeometry(input!.shape, filter!.shape, attributes);
  const channels = filter!.shape[3]!;
  const requantize = rowRequantizer({
    input: input!,
    weights: filter!,
    output: output!,
    activation: attributes.activation,
    rounding,
    bias: (bias?.data as Int32Array | undefined) ?? new Int32Array(channels),
  });
  const sums = new Int32Array(channels);
  const taps = new Taps(geometry, channels);
  forEachPixel(geometry, (batch, y, x, pixel) => {
    taps.move(batch, y, x);
    sumTapsInt8(sums, source, weights, taps, attributes.depthMultiplier);
    requantize(sums, 0, channels, output!.data as Int8Array, pixel * channels);
  });
}

function convolveInt16({ inputs: [input, filter, bias], outputs: [output], attributes, rounding }: Context): void {
  const geometry = patchGeometry(input!.shape, filter!.shape, attributes);
  const channels = filter!.shape[3]!;
  const requantize = wideRowRequantizer({
    input: input!,
    weights: filter!,
    output: output!,
    activation: attributes.activation,
    rounding,
    scaling: 'fixed-point',
    bias: (bias?.data as BigInt64Array | undefined) ?? new BigInt64Array(channels),
  });
  const sums = new Float64Array(channels);
  const taps = new Taps(geometry, channels);
  forEachPixel(geometry, (batch, y, x, pixel) => {
    taps.move(batch, y, x);
    sumTapsInt16(sums, input!.data as Int16Array, filter!.data as Int8Array, taps, attributes.depthMultiplier);
    requantize(sums, 0, channels, output!.data as Int16Array, pixel * channels);
  });
}

function convolveHybrid({ inputs: [input, filter, bias], outputs: [output], attributes }: Context): void {
  const geometry = patchGeometry(input!.shape, filter!.shape, attributes);
  const channels = filter!.shape[3]!;
  const { centred: source, scales } = quantizeEach(input!.data as Float32Array, geometry.batches, quantizeAsymmetric);
  const write = hybridOutput(filter!, bias, attributes.activation);
  const sums = new Int32Array(channels);
  const taps = new Taps(geometry, channels);
  forEachPixel(geometry, (batch, y, x, pixel) => {
    taps.move(batch, y, x);
    sumTapsInt8(sums, source, filter!.data as Int8Array, taps, attributes.depthMultiplier);
    write(sums, scales[batch]!, 0, channels, output!.data as Float32Array, pixel * channels);
  });
}
