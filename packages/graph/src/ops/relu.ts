// RELU: max(x, 0) as an operator of its own; fused ones are attributes of the operator before.
import { clamp, quantizedActivationBounds } from '../arithmetic/activation.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier, roundingOf } from '../arithmetic/fixed-point.js';
import { mapInt16, mapInt8 } from '../arithmetic/integer-map.js';
import { symmetricInt16 } from '../arithmetic/symmetric-int16.js';
import { elementwiseCost, inferSame, mapFloat, versionByType } from '../arithmetic/unary.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

export const relu = defineOperator<'RELU', object>({
  kind: 'RELU',
  summary: 'max(x, 0) of each element',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: {},
  requires: [symmetricInt16],
  infer: inferSame,
  kernels: {
    float: ({ inputs: [input], outputs: [output] }) => mapFloat(input!, output!, (x) => (x < 0 ? 0 : x)),
    int8: reluInt8,
    int16: reluInt16,
  },
  quantization: { operands: [activation], outputs: [calibrated] },
  traits: { elementwise: true, scalesChannels: () => true },
  cost: elementwiseCost,
  tflite: { builtin: 'RELU', options: null, fields: {}, version: versionByType },
  tflm: { resolver: 'AddRelu' },
});

function reluInt8(context: KernelContext<object>): void {
  const { inputs, outputs } = context;
  mapInt8(inputs[0]!.data as Int8Array, outputs[0]!.data as Int8Array, rectified(context));
}

function reluInt16(context: KernelContext<object>): void {
  const { inputs, outputs } = context;
  mapInt16(inputs[0]!.data as Int16Array, outputs[0]!.data as Int16Array, rectified(context));
}

function rectified({
  inputs: [input],
  outputs: [output],
  rounding,
}: KernelContext<object>): (stored: number) => number {
  const from = input!.quantization!;
  const to = output!.quantization!;
  const { multiplier, shift } = quantizeMultiplier(from.scale[0]! / to.scale[0]!);
  const [low, high] = quantizedActivationBounds('RELU', output!.dtype, to);
  const exact = roundingOf(input!.dtype, rounding);
  return (stored) => {
    const scaled = multiplyByQuantizedMultiplier(stored - from.zeroPoint[0]!, multiplier, shift, exact);
    return clamp(scaled + to.zeroPoint[0]!, low, high);
  };
}
