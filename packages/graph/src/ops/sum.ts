// SUM: the sum along some dimensions.
import { clamp } from '../arithmetic/activation.js';
import { multiplyByQuantizedMultiplier } from '../arithmetic/fixed-point.js';
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
import { versionByType } from '../arithmetic/unary.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, calibrated, index } from '../operand-role.js';

export const sum = defineOperator<'SUM', ReductionAttributes>({
  kind: 'SUM',
  summary: 'Sum along the dimensions listed in a constant int32 input',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: { keepDims: false },
  requires: reductionRules,
  infer: inferReduced,
  kernels: { float: sumFloat, int8: sumInt8 },
  quantization: { operands: [activation, index], outputs: [calibrated] },
  traits: { scalesChannels: keepsLastDimension },
  cost: reductionCost,
  tflite: { builtin: 'SUM', options: 'ReducerOptions', fields: { keepDims: 'keep_dims' }, version: versionByType },
  tflm: { resolver: 'AddSum' },
});

function sumFloat({ inputs: [input, axes], outputs: [output] }: KernelContext<ReductionAttributes>): void {
  const sums = new Float64Array(output!.data.length);
  sumInto(sums, input!.data as Float32Array, input!.shape, reducedShape(input!.shape, axes!));
  (output!.data as Float32Array).set(sums);
}

/** Source: QuantizedMeanOrSum in TFLite's reference kernels. */
function sumInt8({ inputs: [input, axes], outputs: [output], rounding }: KernelContext<ReductionAttributes>): void {
  const [from, to] = [input!.quantization!, output!.quantization!];
  const sums = new Float64Array(output!.data.length);
  const count = sumInto(sums, input!.data as Int8Array, input!.shape, reducedShape(input!.shape, axes!));
  const { multiplier, shift } = int8Sum(input!, output!);
  sums.forEach((total, i) => {
    const scaled = multiplyByQuantizedMultiplier((total - from.zeroPoint[0]! * count) | 0, multiplier, shift, rounding);
    output!.data[i] = clamp(scaled + to.zeroPoint[0]!, -128, 127);
  });
}
