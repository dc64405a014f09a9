// ELU: x where it is positive, exp(x) - 1 elsewhere.
import { mapTableInt8 } from '../arithmetic/table-int8.js';
import { elementwiseCost, inferSame, mapFloat } from '../arithmetic/unary.js';
import { defineOperator } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

export const elu = defineOperator<'ELU', object>({
  kind: 'ELU',
  summary: 'x where positive, exp(x) - 1 elsewhere',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: {},
  requires: [],
  infer: inferSame,
  kernels: {
    float: ({ inputs: [input], outputs: [output] }) => mapFloat(input!, output!, (x) => (x < 0 ? Math.expm1(x) : x)),
    // The difference of two float32 values, as in the runtimes' tables.
    int8: ({ inputs: [input], outputs: [output] }) =>
      mapTableInt8(input!, output!, (x) => (x < 0 ? Math.fround(Math.exp(x)) - 1 : x)),
  },
  quantization: { operands: [activation], outputs: [calibrated] },
  traits: { elementwise: true },
  cost: elementwiseCost,
  tflite: { builtin: 'ELU', options: null, fields: {}, version: () => 1 },
  tflm: { resolver: 'AddElu' },
});
