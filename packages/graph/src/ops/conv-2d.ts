// CONV_2D: a filter slid over height and width, one output channel per filter.
import { activationBounds, clamp } from '../arithmetic/activation.js';
import { biasTypeDefaults, biasTypeFields, wideBias, type BiasTyped } from '../arithmetic/bias-type.js';
import { bytesTouched } from '../arithmetic/bytes-touched.js';
import { centred } from '../arithmetic/centred.js';
import {
  convolutionDefaults,
  convolutionFields,
  filterFits,
  stepsAreWhole,
  type ActivatedConvolution,
} from '../arithmetic/convolution-rules.js';
import { quantizeAsymmetric, quantizeEach, quantizeSymmetric } from '../arithmetic/dynamic-range.js';
import { dotRowsFloat, dotRowsInt16, dotRowsInt8 } from '../arithmetic/dot-rows.js';
import { filterRules, isPerChannel } from '../arithmetic/filter-rules.js';
import { convolutionPatches } from '../arithmetic/multiplied-patches.js';
import { forEachPixel, patchGeometry, patchReader } from '../arithmetic/patches.js';
import { hasScalesPerChannel, hybridOutput } from '../arithmetic/hybrid-output.js';
import { rowRequantizer } from '../arithmetic/requantize.js';
import { symmetricInt16 } from '../arithmetic/symmetric-int16.js';
import { wideRowRequantizer } from '../arithmetic/wide-requantize.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, bias, calibrated, weights } from '../operand-role.js';
import { elementCount } from '../shape.js';

export interface Conv2dAttributes extends ActivatedConvolution, BiasTyped {}

export const conv2d = defineOperator<'CONV_2D', Conv2dAttributes>({
  kind: 'CONV_2D',
  summary: '2-D convolution of [N,H,W,C] with filters [O,H,W,C/groups] and an optional bias [O]',
  arity: { inputs: [2, 3], outputs: 1 },
  defaults: { ...convolutionDefaults, ...biasTypeDefaults },
  requires: [
    {
      sentence: 'input and filter have 4 dimensions',
      holds: ({ inputs: [input, filter] }) => input!.shape.length === 4 && filter!.shape.length === 4,
    },
    stepsAreWhole,
    {
      sentence: 'the input channels are a whole multiple of the filter channels, and so are the filters of the groups',
      holds: ({ inputs: [input, filter] }) => {
        const groups = input!.shape[3]! / filter!.shape[3]!;
        return Number.isInteger(groups) && filter!.shape[0]! % groups === 0;
      },
    },
    ...filterRules(0),
    ...filterFits,
    symmetricInt16,
  ],
  infer: ({ inputs: [input, filter], attributes }) => {
    const { batches, outputH, outputW } = patchGeometry(input!.shape, filter!.shape, attributes);
    return [{ shape: [batches, outputH, outputW, filter!.shape[0]!], dtype: input!.dtype }];
  },
  kernels: { float: convolveFloat, int8: convolveInt8, int16: convolveInt16, hybrid: convolveHybrid },
  quantization: { operands: [activation, weights({ axis: 0, of: 0 }), bias({ of: 1 })], outputs: [calibrated] },
  traits: { acceptsFusedActivation: true },
  patches: convolutionPatches,
  cost: (context) => {
    const [, filterH, filterW, channels] = context.inputs[1]!.shape as [number, number, number, number];
    const outputs = elementCount(context.outputs[0]!.shape);
    return { macs: outputs * filterH * filterW * channels, elementOps: outputs, bytes: bytesTouched(context) };
  },
  tflite: {
    builtin: 'CONV_2D',
    options: 'Conv2DOptions',
    fields: { ...convolutionFields, ...biasTypeFields },
    version: ({ inputs: [input, filter] }) => {
      if (input!.dtype === 'int16') return 8;
      if (input!.shape[3] !== filter!.shape[3]) return 6;
      if (input!.dtype === 'float32' && filter!.dtype === 'int8') return isPerChannel(filter!, 0) ? 5 : 2;
      if (input!.dtype !== 'int8') return 1;
      return filter!.dtype === 'int4' ? 7 : 3;
    },
  },
  tflm: { resolver: 'AddConv2D' },
});

function convolveFloat({
  inputs: [input, filter, bias],
  outputs: [output],
  attributes,
}: KernelContext<Conv2dAttributes>): void {
  const weights = filter!.data as Float32Array;
  const result = output!.data as Float32Array;
  const geometry = patchGeometry(input!.shape, filter!.shape, attributes);
  const patch = patchReader(input!.data as Float32Array, geometry, (length) => new Float32Array(length));
  const filters = filter!.shape[0]!;
  const perGroup = (filters * geometry.groupChannels) / geometry.inputChannels;
  const sums = new Float64Array(perGroup);
  const biases = (bias?.data as Float32Array | undefined) ?? new Float32Array(filters);
  const [low, high] = activationBounds(attributes.activation);
  forEachPixel(geometry, (batch, y, x, pixel) => {
    for (let first = 0; first < filters; first += perGroup) {
      const from = patch.at(batch, y, x, first / perGroup);
      dotRowsFloat(sums, patch.source, from, patch.length, weights, first, perGroup);
      const at = pixel * filters + first;
      for (let r = 0; r < perGroup; r++) result[at + r] = clamp(sums[r]! + biases[first + r]!, low, high);
    }
  });
}

function convolveInt8({
  inputs: [input, filter, bias],
  outputs: [output],
  attributes,
  rounding,
}: KernelContext<Conv2dAttributes>): void {
  const weights = filter!.data as Int8Array;
  const result = output!.data as Int8Array;
  const geometry = patchGeometry(input!.shape, filter!.shape, attributes);
  const source = centred(input!.data as Int8Array, input!.quantization!.zeroPoint[0]!);
  const patch = patchReader(source, geometry, (length) => new Int32Array(length));
  const filters = filter!.shape[0]!;
  const perGroup = (filters * geometry.groupChannels) / geometry.inputChannels;
  const sums = new Int32Array(perGroup);
  const requantize = rowRequantizer({
    input: input!,
    weights: filter!,
    output: output!,
    activation: attributes.activation,
    rounding,
    bias: (bias?.data as Int32Array | undefined) ?? new Int32Array(filters),
  });
  forEachPixel(geometry, (batch, y, x, pixel) => {
    for (let first = 0; first < filters; first += perGroup) {
      const from = patch.at(batch, y, x, first / perGroup);
      dotRowsInt8(sums, patch.source, from, patch.length, weights, first, perGroup);
      requantize(sums, first, perGroup, result, pixel * filters + first);
    }
  });
}

function convolveInt16({
  inputs: [input, filter, bias],
  outputs: [output],
  attributes,
  rounding,
}: KernelContext<Conv2dAttributes>): void {
  const weights = filter!.data as Int8Array;
  const result = output!.data as Int16Array;
  const geometry = patchGeometry(input!.shape, filter!.shape, attributes);
  const patch = patchReader(input!.data as Int16Array, geometry, (length) => new Int16Array(length));
  const filters = filter!.shape[0]!;
  const perGroup = (filters * geometry.groupChannels) / geometry.inputChannels;
  const sums = new Float64Array(perGroup);
  const requantize = wideRowRequantizer({
    input: input!,
    weights: filter!,
    output: output!,
    activation: attributes.activation,
    rounding,
    scaling: 'fixed-point',
    bias: wideBias(bias, filters, attributes),
  });
  forEachPixel(geometry, (batch, y, x, pixel) => {
    for (let first = 0; first < filters; first += perGroup) {
      const from = patch.at(batch, y, x, first / perGroup);
      dotRowsInt16(sums, patch.source, from, patch.length, weights, first, perGroup);
      requantize(sums, first, perGroup, result, pixel * filters + first);
    }
  });
}

/** Groups, and scales that differ, come with a zero point for the activations. */
function convolveHybrid({
  inputs: [input, filter, bias],
  outputs: [output],
  attributes,
}: KernelContext<Conv2dAttributes>): void {
  const geometry = patchGeometry(input!.shape, filter!.shape, attributes);
  const isGrouped = geometry.groupChannels !== geometry.inputChannels;
  const quantize = isGrouped || hasScalesPerChannel(filter!) ? quantizeAsymmetric : quantizeSymmetric;
  const { centred: source, scales } = quantizeEach(input!.data as Float32Array, geometry.batches, quantize);
  const patch = patchReader(source, geometry, (length) => new Int32Array(length));
  const filters = filter!.shape[0]!;
  const perGroup = (filters * geometry.groupChannels) / geometry.inputChannels;
  const sums = new Int32Array(perGroup);
  const write = hybridOutput(filter!, bias, attributes.activation);
  forEachPixel(geometry, (batch, y, x, pixel) => {
    for (let first = 0; first < filters; first += perGroup) {
      const from = patch.at(batch, y, x, first / perGroup);
      dotRowsInt8(sums, patch.source, from, patch.length, filter!.data as Int8Array, first, perGroup);
      write(sums, scales[batch]!, first, perGroup, output!.data as Float32Array, pixel * filters + first);
    }
  });
}
