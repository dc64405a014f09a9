// What operators that reduce along dimensions share: axes [k] as a constant int32 operand, and the sums.
import type { Shape } from '../ir.js';
import type { AppliedContext, Cost, OperatorContext, OperandSpec, OutputSpec, Requirement } from '../op-definition.js';
import { elementCount, stridesOf } from '../shape.js';
import { bytesTouched } from './bytes-touched.js';
import { quantizeMultiplier, type FixedPointScale } from './fixed-point.js';

export interface ReductionAttributes {
  /** Reduced dimensions stay, as 1. */
  readonly keepDims: boolean;
}

export const reductionRules: readonly Requirement<ReductionAttributes>[] = [
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
];

export function inferReduced({
  inputs: [input, axes],
  attributes,
}: OperatorContext<ReductionAttributes>): readonly OutputSpec[] {
  const reduced = reducedShape(input!.shape, axes!);
  const dropped = axisSet(input!.shape, axes!);
  return [{ shape: attributes.keepDims ? reduced : reduced.filter((_, d) => !dropped.has(d)), dtype: input!.dtype }];
}

export function reductionCost(context: AppliedContext<object>): Cost {
  return { macs: 0, elementOps: elementCount(context.inputs[0]!.shape), bytes: bytesTouched(context) };
}

export function keepsLastDimension([input, axes]: readonly (OperandSpec | undefined)[]): boolean {
  return !axisSet(input!.shape, axes!).has(input!.shape.length - 1);
}

function axisSet(input: Shape, axes: OperandSpec): ReadonlySet<number> {
  return new Set(Array.from(axes.data as Int32Array, (axis) => (axis < 0 ? axis + input.length : axis)));
}

/** The input's shape with 1 in every reduced dimension. */
export function reducedShape(input: Shape, axes: OperandSpec): number[] {
  const reduced = axisSet(input, axes);
  return input.map((size, d) => (reduced.has(d) ? 1 : size));
}

/** Adds every element into the place of its reduction; returns how many elements one place collects. */
export function sumInto(
  sums: Float64Array,
  source: Float32Array | Int8Array | Int16Array,
  shape: Shape,
  reduced: Shape,
): number {
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

/** From the sum of `count` integers less their zero points to steps of the output, where that is their mean. */
export function int8Mean(input: OperandSpec, output: OperandSpec, count: number): FixedPointScale {
  return dividedScale(int8Sum(input, output), count);
}

/** The same where the output is the sum itself. */
export function int8Sum(input: OperandSpec, output: OperandSpec): FixedPointScale {
  return quantizeMultiplier(input.quantization!.scale[0]! / output.quantization!.scale[0]!);
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
