// EXP: the exponential.
import { mapTableInt8 } from '../arithmetic/table-int8.js';
import { elementwiseCost, inferSame, mapFloat } from '../arithmetic/unary.js';
import { defineOperator } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

export const exp = defineOperator<'EXP', object>({
  kind: 'EXP',
  summary: 'Exponential of each element',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: {},
  requires: [],
  infer: inferSame,
  kernels: {
    float: ({ inputs: [input], outputs: [output] }) => mapFloat(input!, output!, Math.exp),
    int8: ({ inputs: [input], outputs: [output] }) => mapTableInt8(input!, output!, Math.exp),
  },
  quantization: { operands: [activation], outputs: [calibrated] },
  traits: { elementwise: true },
  cost: elementwiseCost,
  tflite: {
    builtin: 'EXP',
    options: 'ExpOptions',
    fields: {},
    version: ({ inputs: [input] }) => (input!.dtype === 'int8' ? 2 : 1),
  },
  tflm: { resolver: 'AddExp' },
});
