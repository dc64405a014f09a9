// LOG: the natural logarithm.
import { mapTableInt8 } from '../arithmetic/table-int8.js';
import { elementwiseCost, inferSame, mapFloat } from '../arithmetic/unary.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

export const log = defineOperator<'LOG', object>({
  kind: 'LOG',
  summary: 'Natural logarithm of each element',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: {},
  requires: [],
  infer: inferSame,
  kernels: { float: ({ inputs: [input], outputs: [output] }) => mapFloat(input!, output!, Math.log), int8: logInt8 },
  quantization: { operands: [activation], outputs: [calibrated] },
  traits: { elementwise: true },
  cost: elementwiseCost,
  tflite: {
    builtin: 'LOG',
    options: null,
    fields: {},
    version: ({ inputs: [input] }) => (input!.dtype === 'int8' ? 2 : 1),
  },
  tflm: { resolver: 'AddLog' },
});

/** What has no logarithm gets the least number that the output holds. */
function logInt8({ inputs: [input], outputs: [output] }: KernelContext<object>): void {
  const { scale, zeroPoint } = output!.quantization!;
  const least = Math.fround(scale[0]! * (-128 - zeroPoint[0]!));
  mapTableInt8(input!, output!, (x) => (x <= 0 ? least : Math.log(x)));
}
