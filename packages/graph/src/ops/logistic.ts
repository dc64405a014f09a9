// LOGISTIC: 1 / (1 + exp(-x)).
import { fixedPointLogistic } from '../arithmetic/fixed-point-functions.js';
import { mapFixedPoint } from '../arithmetic/sigmoid-like.js';
import { logisticInt16 } from '../arithmetic/sigmoid-look-up.js';
import { symmetricInt16 } from '../arithmetic/symmetric-int16.js';
import { elementwiseCost, inferSame, mapFloat, versionByType } from '../arithmetic/unary.js';
import { defineOperator } from '../op-definition.js';
import { activation, fixed } from '../operand-role.js';

export const logistic = defineOperator<'LOGISTIC', object>({
  kind: 'LOGISTIC',
  summary: 'Logistic function 1 / (1 + exp(-x)) of each element',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: {},
  requires: [symmetricInt16],
  infer: inferSame,
  kernels: {
    float: ({ inputs: [input], outputs: [output] }) => mapFloat(input!, output!, (x) => 1 / (1 + Math.exp(-x))),
    int8: ({ inputs: [input], outputs: [output] }) => mapFixedPoint(input!, output!, fixedPointLogistic, 8, -128),
    int16: ({ inputs: [input], outputs: [output] }) => logisticInt16(input!, output!),
  },
  quantization: {
    operands: [activation],
    outputs: [fixed({ scale: 1 / 256, zeroPoint: -128 }, { scale: 1 / 32768, zeroPoint: 0 })],
  },
  traits: { elementwise: true, scores: 'whole' },
  cost: elementwiseCost,
  tflite: { builtin: 'LOGISTIC', options: null, fields: {}, version: versionByType },
  tflm: { resolver: 'AddLogistic' },
});
