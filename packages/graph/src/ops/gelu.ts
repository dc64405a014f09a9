// GELU: x times the part of a normal distribution that is below x.
import { complementaryErrorFunction } from '../arithmetic/error-function.js';
import { mapTableInt8 } from '../arithmetic/table-int8.js';
import { elementwiseCost, inferSame, mapFloat } from '../arithmetic/unary.js';
import { defineOperator } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

export interface GeluAttributes {
  /** By a hyperbolic tangent instead of the error function. */
  readonly approximate: boolean;
}

const exact = (x: number): number => 0.5 * x * complementaryErrorFunction(-x * Math.SQRT1_2);
/** (1 + tanh(u)) / 2 as 1 / (1 + exp(-2 u)), which loses nothing where it is small. */
const byTanh = (x: number): number => x / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

export const gelu = defineOperator<'GELU', GeluAttributes>({
  kind: 'GELU',
  summary: 'x times the part of a normal distribution below x, or what is near to it by a hyperbolic tangent',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: { approximate: false },
  requires: [],
  infer: inferSame,
  kernels: {
    float: ({ inputs: [input], outputs: [output], attributes: { approximate } }) =>
      mapFloat(input!, output!, approximate ? byTanh : exact),
    int8: ({ inputs: [input], outputs: [output], attributes: { approximate } }) =>
      mapTableInt8(input!, output!, approximate ? byTanh : exact),
  },
  quantization: { operands: [activation], outputs: [calibrated] },
  traits: { elementwise: true },
  cost: elementwiseCost,
  tflite: {
    builtin: 'GELU',
    options: 'GeluOptions',
    fields: { approximate: 'approximate' },
    version: ({ inputs: [input] }) => (input!.dtype === 'int8' ? 2 : 1),
  },
  tflm: null,
});
