// TANH: the hyperbolic tangent.
import { fixedPointTanh } from '../arithmetic/fixed-point-functions.js';
import { mapFixedPoint } from '../arithmetic/sigmoid-like.js';
import { tanhInt16 } from '../arithmetic/sigmoid-look-up.js';
import { symmetricInt16 } from '../arithmetic/symmetric-int16.js';
import { elementwiseCost, inferSame, mapFloat, versionByType } from '../arithmetic/unary.js';
import { defineOperator } from '../op-definition.js';
import { activation, fixed } from '../operand-role.js';

export const tanh = defineOperator<'TANH', object>({
  kind: 'TANH',
  summary: 'Hyperbolic tangent of each element',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: {},
  requires: [symmetricInt16],
  infer: inferSame,
  kernels: {
    float: ({ inputs: [input], outputs: [output] }) => mapFloat(input!, output!, Math.tanh),
    int8: ({ inputs: [input], outputs: [output] }) => mapFixedPoint(input!, output!, fixedPointTanh, 7, 0),
    int16: ({ inputs: [input], outputs: [output] }) => tanhInt16(input!, output!),
  },
  quantization: {
    operands: [activation],
    outputs: [fixed({ scale: 1 / 128, zeroPoint: 0 }, { scale: 1 / 32768, zeroPoint: 0 })],
  },
  traits: { elementwise: true },
  cost: elementwiseCost,
  tflite: { builtin: 'TANH', options: null, fields: {}, version: versionByType },
  tflm: { resolver: 'AddTanh' },
});
