// TRANSPOSE_CONV: what a convolution does to its input's gradient; upsampling with learned filters.
import { activationBounds, clamp, type FusedActivation } from '../arithmetic/activation.js';
import { biasTypeDefaults, biasTypeFields, wideBias, type BiasTyped } from '../arithmetic/bias-type.js';
import { bytesTouched } from '../arithmetic/bytes-touched.js';
import { centred } from '../arithmetic/centred.js';
import { quantizeAsymmetric, quantizeEach } from '../arithmetic/dynamic-range.js';
import { filterRules, symmetricFilter } from '../arithmetic/filter-rules.js';
import { hybridOutput } from '../arithmetic/hybrid-output.js';
import { spreadPatches } from '../arithmetic/multiplied-patches.js';
import { rowRequantizer } from '../arithmetic/requantize.js';
import { symmetricInt16 } from '../arithmetic/symmetric-int16.js';
import { wideRowRequantizer } from '../arithmetic/wide-requantize.js';
import { slidingWindow, type Padding } from '../arithmetic/window.js';
import { defineOperator, type KernelContext, type OperandSpec } from '../op-definition.js';
import { activation, bias, calibrated, index, weights } from '../operand-role.js';
import { elementCount } from '../shape.js';

export interface TransposeConvAttributes extends BiasTyped {
  readonly padding: Padding;
  readonly strideH: number;
  readonly strideW: number;
  readonly activation: FusedActivation;
}

export const transposeConv = defineOperator<'TRANSPOSE_CONV', TransposeConvAttributes>({
  kind: 'TRANSPOSE_CONV',
  summary:
    'Every value of the third input [N,H,W,C] spread by filters [O,H,W,C] over an output of the shape that the first input gives, optional bias [O]',
  arity: { inputs: [3, 4], outputs: 1 },
  defaults: { padding: 'SAME', strideH: 1, strideW: 1, activation: 'NONE', ...biasTypeDefaults },
  requires: [
    {
      sentence: 'filter and input have 4 dimensions',
      holds: ({ inputs: [, filter, input] }) => filter!.shape.length === 4 && input!.shape.length === 4,
    },
    {
      sentence: 'the filter has a channel for each of the input',
      holds: ({ inputs: [, filter, input] }) => filter!.shape[3] === input!.shape[3],
    },
    { sentence: 'strides are at least 1', holds: ({ attributes: a }) => Math.min(a.strideH, a.strideW) >= 1 },
    {
      sentence: 'the output shape is an int32 tensor of 4 values',
      holds: ({ inputs: [shape] }) => shape!.dtype === 'int32' && elementCount(shape!.shape) === 4,
    },
    {
      sentence: 'the output has as many images as the input and as many channels as there are filters',
      holds: ({ inputs: [shape, filter, input] }) => {
        if (shape!.data === undefined) return true;
        const [batches, height, width, channels] = shapeOf(shape!);
        return batches === input!.shape[0] && Math.min(height!, width!) > 0 && channels === filter!.shape[0];
      },
    },
    ...filterRules(0, 3),
    symmetricFilter,
    symmetricInt16,
  ],
  infer: ({ inputs: [shape, , input] }) => [
    { shape: shape!.data === undefined ? null : shapeOf(shape!), dtype: input!.dtype },
  ],
  kernels: { float: spreadFloat, int8: spreadInt8, int16: spreadInt16, hybrid: spreadHybrid },
  quantization: { operands: [index, weights({ axis: 0, of: 2 }), activation, bias({ of: 1 })], outputs: [calibrated] },
  // A fused activation is read, never made: the CMSIS-NN kernel for int8 leaves it out.
  traits: {},
  patches: spreadPatches,
  cost: (context) => {
    const [, filter, input] = context.inputs;
    const [filters, filterH, filterW] = filter!.shape as [number, number, number];
    return {
      macs: elementCount(input!.shape) * filters * filterH * filterW,
      elementOps: elementCount(context.outputs[0]!.shape),
      bytes: bytesTouched(context),
    };
  },
  tflite: {
    builtin: 'TRANSPOSE_CONV',
    options: 'TransposeConvOptions',
    fields: {
      padding: 'padding',
      strideH: 'stride_h',
      strideW: 'stride_w',
      activation: 'fused_activation_function',
      ...biasTypeFields,
    },
    version: ({ attributes, inputs: [, filter, input, bias] }) => {
      if (input!.dtype === 'int16' && attributes.quantizedBiasType !== 'FLOAT32') return 5;
      if (attributes.activation !== 'NONE') return 4;
      if (bias !== undefined) return 3;
      return filter!.dtype === 'int8' ? 2 : 1;
    },
  },
  tflm: { resolver: 'AddTransposeConv' },
});

type Context = KernelContext<TransposeConvAttributes>;

function shapeOf({ data }: OperandSpec): number[] {
  return Array.from(data!, Number);
}

function spreadFloat({ inputs: [, filter, input, bias], outputs: [output], attributes }: Context): void {
  const sums = new Float64Array(elementCount(output!.shape));
  const channels = filter!.shape[0]!;
  const biases = (bias?.data as Float32Array | undefined) ?? new Float32Array(channels);
  const [weights, source] = [filter!.data as Float32Array, input!.data as Float32Array];
  const depth = input!.shape[3]!;
  forEachTap(input!, filter!, output!, attributes, (from, tap, to) => {
    for (let o = 0; o < channels; o++) {
      let sum = 0;
      const row = tap + o * (weights.length / channels);
      for (let c = 0; c < depth; c++) sum += source[from + c]! * weights[row + c]!;
      sums[to + o]! += sum;
    }
  });
  const [low, high] = activationBounds(attributes.activation);
  const result = output!.data as Float32Array;
  for (let i = 0; i < sums.length; i++) result[i] = clamp(sums[i]! + biases[i % channels]!, low, high);
}

/** int32 accumulators of activations less their zero point. */
function sumsOf(source: Int32Array, { inputs: [, filter, input], outputs: [output], attributes }: Context): Int32Array {
  const sums = new Int32Array(elementCount(output!.shape));
  const channels = filter!.shape[0]!;
  const weights = filter!.data as Int8Array;
  const depth = input!.shape[3]!;
  forEachTap(input!, filter!, output!, attributes, (from, tap, to) => {
    for (let o = 0; o < channels; o++) {
      let sum = 0;
      const row = tap + o * (weights.length / channels);
      for (let c = 0; c < depth; c++) sum = (sum + source[from + c]! * weights[row + c]!) | 0;
      sums[to + o]! += sum;
    }
  });
  return sums;
}

function spreadInt8(context: Context): void {
  const {
    inputs: [, filter, input, bias],
    outputs: [output],
    attributes,
    rounding,
  } = context;
  const channels = filter!.shape[0]!;
  const sums = sumsOf(centred(input!.data as Int8Array, input!.quantization!.zeroPoint[0]!), context);
  const requantize = rowRequantizer({
    input: input!,
    weights: filter!,
    output: output!,
    activation: attributes.activation,
    rounding,
    bias: (bias?.data as Int32Array | undefined) ?? new Int32Array(channels),
  });
  for (let at = 0; at < sums.length; at += channels)
    requantize(sums.subarray(at, at + channels), 0, channels, output!.data as Int8Array, at);
}

function spreadHybrid(context: Context): void {
  const {
    inputs: [, filter, input, bias],
    outputs: [output],
    attributes,
  } = context;
  const [channels, batches] = [filter!.shape[0]!, input!.shape[0]!];
  const { centred: source, scales } = quantizeEach(input!.data as Float32Array, batches, quantizeAsymmetric);
  const sums = sumsOf(source, context);
  const write = hybridOutput(filter!, bias, attributes.activation);
  const ofImage = sums.length / batches;
  for (let at = 0; at < sums.length; at += channels)
    write(
      sums.subarray(at, at + channels),
      scales[Math.floor(at / ofImage)]!,
      0,
      channels,
      output!.data as Float32Array,
      at,
    );
}

function spreadInt16({ inputs: [, filter, input, bias], outputs: [output], attributes, rounding }: Context): void {
  // Whole numbers far below 2^53.
  const sums = new Float64Array(elementCount(output!.shape));
  const channels = filter!.shape[0]!;
  const weights = filter!.data as Int8Array;
  const source = input!.data as Int16Array;
  const depth = input!.shape[3]!;
  forEachTap(input!, filter!, output!, attributes, (from, tap, to) => {
    for (let o = 0; o < channels; o++) {
      let sum = 0;
      const row = tap + o * (weights.length / channels);
      for (let c = 0; c < depth; c++) sum += source[from + c]! * weights[row + c]!;
      sums[to + o]! += sum;
    }
  });
  const requantize = wideRowRequantizer({
    input: input!,
    weights: filter!,
    output: output!,
    activation: attributes.activation,
    rounding,
    scaling: 'fixed-point',
    bias: wideBias(bias, channels, attributes),
  });
  for (let at = 0; at < sums.length; at += channels)
    requantize(sums.subarray(at, at + channels), 0, channels, output!.data as Int16Array, at);
}

/**
 * Visits every place of the filter over every input pixel that falls into the output: the index of the input pixel's first
 * channel, of the place's first weight in the first filter, and of the output pixel's first channel.
 */
function forEachTap(
  input: OperandSpec,
  filter: OperandSpec,
  output: OperandSpec,
  { padding, strideH, strideW }: TransposeConvAttributes,
  visit: (from: number, tap: number, to: number) => void,
): void {
  const [batches, height, width, depth] = input.shape as [number, number, number, number];
  const [, filterH, filterW] = filter.shape as [number, number, number];
  const [, outputH, outputW, channels] = output.shape as [number, number, number, number];
  // The padding is that of the convolution from the output to the input.
  const top = slidingWindow(outputH, filterH, strideH, 1, padding).before;
  const left = slidingWindow(outputW, filterW, strideW, 1, padding).before;
  for (let pixel = 0; pixel < batches * height * width; pixel++) {
    const x = pixel % width;
    const y = Math.floor(pixel / width) % height;
    const batch = Math.floor(pixel / (width * height));
    for (let fy = 0; fy < filterH; fy++) {
      const oy = y * strideH - top + fy;
      if (oy < 0 || oy >= outputH) continue;
      for (let fx = 0; fx < filterW; fx++) {
        const ox = x * strideW - left + fx;
        if (ox < 0 || ox >= outputW) continue;
        visit(pixel * depth, (fy * filterW + fx) * depth, ((batch * outputH + oy) * outputW + ox) * channels);
      }
    }
  }
}
