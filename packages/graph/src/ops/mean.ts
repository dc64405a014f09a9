// MEAN: the mean along some dimensions.
import { clamp } from '../arithmetic/activation.js';
import { multiplyByQuantizedMultiplier, roundingOf } from '../arithmetic/fixed-point.js';
import {
  inferReduced,
  int8Mean,
  keepsLastDimension,
  reducedShape,
  reductionCost,
  reductionRules,
  sumInto,
  type ReductionAttributes,
} from '../arithmetic/reduction.js';
import { versionByType } from '../arithmetic/unary.js';
import { integerRange } from '../data-type.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, calibrated, index } from '../operand-role.js';

export type MeanAttributes = ReductionAttributes;

export const mean = defineOperator<'MEAN', MeanAttributes>({
  kind: 'MEAN',
  summary: 'Mean along the dimensions listed in a constant int32 input',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: { keepDims: false },
  requires: reductionRules,
  infer: inferReduced,
  kernels: { float: meanFloat, int8: meanInteger, int16: meanInteger },
  quantization: { operands: [activation, index], outputs: [calibrated] },
  traits: { scalesChannels: keepsLastDimension },
  cost: reductionCost,
  tflite: { builtin: 'MEAN', options: 'ReducerOptions', fields: { keepDims: 'keep_dims' }, version: versionByType },
  tflm: { resolver: 'AddMean' },
});

function meanFloat({ inputs: [input, axes], outputs: [output] }: KernelContext<MeanAttributes>): void {
  const sums = new Float64Array(output!.data.length);
  const count = sumInto(sums, input!.data as Float32Array, input!.shape, reducedShape(input!.shape, axes!));
  const result = output!.data as Float32Array;
  for (let i = 0; i < sums.length; i++) result[i] = sums[i]! / count;
}

function meanInteger({ inputs: [input, axes], outputs: [output], rounding }: KernelContext<MeanAttributes>): void {
  const sums = new Float64Array(output!.data.length);
  const count = sumInto(sums, input!.data as Int8Array | Int16Array, input!.shape, reducedShape(input!.shape, axes!));
  const result = output!.data as Int8Array | Int16Array;
  const { multiplier, shift } = int8Mean(input!, output!, count);
  const offset = input!.quantization!.zeroPoint[0]! * count;
  const exact = roundingOf(input!.dtype, rounding);
  const zeroPoint = output!.quantization!.zeroPoint[0]!;
  const [low, high] = integerRange(output!.dtype);
  for (let i = 0; i < sums.length; i++) {
    const value = multiplyByQuantizedMultiplier((sums[i]! - offset) | 0, multiplier, shift, exact) + zeroPoint;
    result[i] = clamp(value, low, high);
  }
}
