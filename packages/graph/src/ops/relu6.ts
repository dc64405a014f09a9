// RELU6: min(max(x, 0), 6) as an operator of its own; fused ones are attributes of the operator before.
import { clamp, quantizedActivationBounds } from '../arithmetic/activation.js';
import { mapInt16, mapInt8 } from '../arithmetic/integer-map.js';
import { elementwiseCost, inferSame, mapFloat, versionByType } from '../arithmetic/unary.js';
import { defineOperator, type OperandSpec } from '../op-definition.js';
import { activation, sameAsInputs } from '../operand-role.js';

export const relu6 = defineOperator<'RELU6', object>({
  kind: 'RELU6',
  summary: 'min(max(x, 0), 6) of each element',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: {},
  requires: [],
  infer: inferSame,
  kernels: {
    float: ({ inputs: [input], outputs: [output] }) => mapFloat(input!, output!, (x) => (x > 6 ? 6 : x < 0 ? 0 : x)),
    int8: ({ inputs: [input], outputs: [output] }) =>
      mapInt8(input!.data as Int8Array, output!.data as Int8Array, clampedTo6(input!)),
    int16: ({ inputs: [input], outputs: [output] }) =>
      mapInt16(input!.data as Int16Array, output!.data as Int16Array, clampedTo6(input!)),
  },
  // The runtime clamps the stored values by the input's scale and never rescales: a scale of its own on the output
  // would be read wrongly on the device.
  quantization: { operands: [activation], outputs: [sameAsInputs] },
  traits: { elementwise: true },
  cost: elementwiseCost,
  tflite: { builtin: 'RELU6', options: null, fields: {}, version: versionByType },
  tflm: { resolver: 'AddRelu6' },
});

function clampedTo6({ dtype, quantization }: OperandSpec): (stored: number) => number {
  const [low, high] = quantizedActivationBounds('RELU6', dtype, quantization!);
  return (stored) => clamp(stored, low, high);
}
