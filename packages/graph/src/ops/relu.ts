// RELU: max(x, 0) as an operator of its own; fused ones are attributes of the operator before.
import { clamp, quantizedActivationBounds } from '../arithmetic/activation.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../arithmetic/fixed-point.js';
import { mapInt8 } from '../arithmetic/int8-map.js';
import { elementwiseCost, inferSame, mapFloat, versionByType } from '../arithmetic/unary.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

export const relu = defineOperator<'RELU', object>({
  kind: 'RELU',
  summary: 'max(x, 0) of each element',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: {},
  requires: [],
  infer: inferSame,
  kernels: {
    float: ({ inputs: [input], outputs: [output] }) => mapFloat(input!, output!, (x) => (x < 0 ? 0 : x)),
    int8: reluInt8,
  },
  quantization: { operands: [activation], outputs: [calibrated] },
  traits: { elementwise: true, scalesChannels: () => true },
  cost: elementwiseCost,
  tflite: { builtin: 'RELU', options: null, fields: {}, version: versionByType },
  tflm: { resolver: 'AddRelu' },
});

function reluInt8({ inputs: [input], outputs: [output], rounding }: KernelContext<object>): void {
  const from = input!.quantization!;
  const to = output!.quantization!;
  const { multiplier, shift } = quantizeMultiplier(from.scale[0]! / to.scale[0]!);
  const [low, high] = quantizedActivationBounds('RELU', output!.dtype, to);
  mapInt8(input!.data as Int8Array, output!.data as Int8Array, (stored) => {
    const scaled = multiplyByQuantizedMultiplier(stored - from.zeroPoint[0]!, multiplier, shift, rounding);
    return clamp(scaled + to.zeroPoint[0]!, low, high);
  });
}
