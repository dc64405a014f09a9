// SUM: the sum along some dimensions.
import { clamp } from '../arithmetic/activation.js';
import { multiplyByQuantizedMultiplier, roundingOf } from '../arithmetic/fixed-point.js';
import {
  inferReduced,
  int8Sum,
  keepsLastDimension,
  reducedShape,
  reductionCost,
  reductionRules,
  sumInto,
  type ReductionAttributes,
} from '../arithmetic/reduction.js';
import { integerRange } from '../data-type.js';
import { defineOperator, type KernelContext, type OperatorContext } from '../op-definition.js';
import { activation, calibrated, index } from '../operand-role.js';

export const sum = defineOperator<'SUM', ReductionAttributes>({
  kind: 'SUM',
  summary: 'Sum along the dimensions listed in a constant int32 input',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: { keepDims: false },
  requires: reductionRules,
  infer: inferReduced,
  kernels: { float: sumFloat, int8: sumInteger, int16: sumInteger },
  quantization: { operands: [activation, index], outputs: [calibrated] },
  traits: { scalesChannels: keepsLastDimension },
  cost: reductionCost,
  tflite: { builtin: 'SUM', options: 'ReducerOptions', fields: { keepDims: 'keep_dims' }, version },
  tflm: { resolver: 'AddSum' },
});

/** There is none for int16. */
function version({ inputs: [input] }: OperatorContext<object>): number {
  return input!.dtype === 'int8' ? 2 : 1;
}

function sumFloat({ inputs: [input, axes], outputs: [output] }: KernelContext<ReductionAttributes>): void {
  const sums = new Float64Array(output!.data.length);
  sumInto(sums, input!.data as Float32Array, input!.shape, reducedShape(input!.shape, axes!));
  (output!.data as Float32Array).set(sums);
}

/** Source: QuantizedMeanOrSum in TFLite's reference kernels. */
function sumInteger({ inputs: [input, axes], outputs: [output], rounding }: KernelContext<ReductionAttributes>): void {
  const [from, to] = [input!.quantization!, output!.quantization!];
  const sums = new Float64Array(output!.data.length);
  const count = sumInto(sums, input!.data as Int8Array | Int16Array, input!.shape, reducedShape(input!.shape, axes!));
  const { multiplier, shift } = int8Sum(input!, output!);
  const exact = roundingOf(input!.dtype, rounding);
  const [low, high] = integerRange(output!.dtype);
  sums.forEach((total, i) => {
    const scaled = multiplyByQuantizedMultiplier((total - from.zeroPoint[0]! * count) | 0, multiplier, shift, exact);
    output!.data[i] = clamp(scaled + to.zeroPoint[0]!, low, high);
  });
}
