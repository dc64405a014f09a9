// MEAN: the mean along some dimensions.
import { clamp } from '../arithmetic/activation.js';
import { bytesTouched } from '../arithmetic/bytes-touched.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier, type FixedPointScale } from '../arithmetic/fixed-point.js';
import { versionByType } from '../arithmetic/unary.js';
import { integerRange } from '../data-type.js';
import type { Shape } from '../ir.js';
import { defineOperator, type KernelContext, type OperandSpec } from '../op-definition.js';
import { elementCount, stridesOf } from '../shape.js';

export interface MeanAttributes {
  /** Reduced dimensions stay, as 1. */
  readonly keepDims: boolean;
}

export const mean = defineOperator<'MEAN', MeanAttributes>({
  kind: 'MEAN',
  summary: 'Mean along the dimensions listed in a constant int32 input',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: { keepDims: false },
  requires: [
    {
      sentence: 'the axes are a constant int32 tensor',
      holds: ({ inputs: [, axes] }) => axes!.dtype === 'int32' && axes!.data !== undefined,
    },
    {
      sentence: 'every axis names a dimension of the input, negative ones counting from the last',
      holds: ({ inputs: [input, axes] }) => {
        const rank = input!.shape.length;
        return Array.from(axes!.data as Int32Array).every((axis) => axis >= -rank && axis < rank);
      },
    },
  ],
  infer: ({ inputs: [input, axes], attributes }) => {
    const reduced = reducedShape(input!.shape, axes!);
    const dropped = axisSet(input!.shape, axes!);
    return [{ shape: attributes.keepDims ? reduced : reduced.filter((_, d) => !dropped.has(d)), dtype: input!.dtype }];
  },
  kernels: { float: meanFloat, int8: meanInt8 },
  quantization: { output: { from: 'calibration' }, activations: [0] },
  traits: {},
  cost: (context) => ({ macs: 0, elementOps: elementCount(context.inputs[0]!.shape), bytes: bytesTouched(context) }),
  tflite: {
    builtin: 'MEAN',
    options: 'ReducerOptions',
    fields: { keepDims: 'keep_dims' },
    version: versionByType,
  },
  tflm: { resolver: 'AddMean' },
});

function axisSet(input: Shape, axes: OperandSpec): ReadonlySet<number> {
  return new Set(Array.from(axes.data as Int32Array, (axis) => (axis < 0 ? axis + input.length : axis)));
}

function reducedShape(input: Shape, axes: OperandSpec): number[] {
  const reduced = axisSet(input, axes);
  return input.map((size, d) => (reduced.has(d) ? 1 : size));
}

function meanFloat({ inputs: [input, axes], outputs: [output] }: KernelContext<MeanAttributes>): void {
  const sums = new Float64Array(output!.data.length);
  const count = sumInto(sums, input!.data as Float32Array, input!.shape, reducedShape(input!.shape, axes!));
  const result = output!.data as Float32Array;
  for (let i = 0; i < sums.length; i++) result[i] = sums[i]! / count;
}

function meanInt8({ inputs: [input, axes], outputs: [output], rounding }: KernelContext<MeanAttributes>): void {
  const sums = new Float64Array(output!.data.length);
  const count = sumInto(sums, input!.data as Int8Array, input!.shape, reducedShape(input!.shape, axes!));
  const result = output!.data as Int8Array;
  const scale = input!.quantization!.scale[0]! / output!.quantization!.scale[0]!;
  const { multiplier, shift } = dividedScale(quantizeMultiplier(scale), count);
  const offset = input!.quantization!.zeroPoint[0]! * count;
  const zeroPoint = output!.quantization!.zeroPoint[0]!;
  const [low, high] = integerRange(output!.dtype);
  for (let i = 0; i < sums.length; i++) {
    const value = multiplyByQuantizedMultiplier((sums[i]! - offset) | 0, multiplier, shift, rounding) + zeroPoint;
    result[i] = clamp(value, low, high);
  }
}

/**
 * The scale with 1 / count folded in, truncated as the runtime does it (QuantizedMeanOrSum): the multiplier is first
 * shifted up by the bits of the count, so far as the shift stays in range.
 */
function dividedScale({ multiplier, shift }: FixedPointScale, count: number): FixedPointScale {
  const up = Math.min(Math.floor(Math.log2(count)), 32, 31 + shift);
  const divided = (BigInt(multiplier) << BigInt(up)) / BigInt(count);
  return { multiplier: Number(divided), shift: shift - up };
}

/** Adds every element into the place of its reduction; returns how many elements one place collects. */
function sumInto(sums: Float64Array, source: Float32Array | Int8Array, shape: Shape, reduced: Shape): number {
  const strides = stridesOf(reduced).map((stride, d) => (reduced[d] === shape[d] ? stride : 0));
  const index = new Array<number>(shape.length).fill(0);
  const last = shape.length - 1;
  const step = last < 0 ? 0 : strides[last]!;
  const run = last < 0 ? 1 : shape[last]!;
  for (let from = 0, to = 0; from < source.length; from += run) {
    for (let k = 0; k < run; k++) sums[to + k * step]! += source[from + k]!;
    for (let d = last - 1; d >= 0; d--) {
      to += strides[d]!;
      if (++index[d]! < shape[d]!) break;
      to -= strides[d]! * shape[d]!;
      index[d] = 0;
    }
  }
  return source.length / sums.length;
}
