// TRANSPOSE: dimensions in another order.
import { copyStrided, forEveryType, movingCost } from '../arithmetic/moving.js';
import { defineOperator, type OperandSpec } from '../op-definition.js';
import { activation, index, sameAsInputs } from '../operand-role.js';
import { stridesOf } from '../shape.js';

export const transpose = defineOperator<'TRANSPOSE', object>({
  kind: 'TRANSPOSE',
  summary: 'Dimensions in the order that a constant int32 input lists',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: {},
  requires: [
    {
      sentence: 'the permutation is a constant int32 tensor that names every dimension once',
      holds: ({ inputs: [input, permutation] }) => {
        if (permutation!.dtype !== 'int32' || permutation!.data === undefined) return false;
        const order = orderOf(permutation!);
        return (
          order.length === input!.shape.length &&
          new Set(order).size === order.length &&
          order.every((axis) => axis >= 0 && axis < order.length)
        );
      },
    },
  ],
  infer: ({ inputs: [input, permutation] }) => [
    { shape: orderOf(permutation!).map((axis) => input!.shape[axis]!), dtype: input!.dtype },
  ],
  kernels: forEveryType(({ inputs: [input, permutation], outputs: [output] }) => {
    const strides = stridesOf(input!.shape);
    copyStrided(
      input!.data,
      output!.data,
      output!.shape,
      orderOf(permutation!).map((axis) => strides[axis]!),
      0,
    );
  }),
  quantization: { operands: [activation, index], outputs: [sameAsInputs] },
  traits: { movesDataOnly: true },
  cost: movingCost,
  tflite: {
    builtin: 'TRANSPOSE',
    options: 'TransposeOptions',
    fields: {},
    version: ({ inputs: [input] }) => {
      const {
        dtype,
        shape: { length: rank },
      } = input!;
      return rank > 5 ? 6 : dtype === 'int16' ? 5 : rank > 4 ? 4 : dtype === 'bool' ? 3 : dtype === 'int8' ? 2 : 1;
    },
  },
  tflm: { resolver: 'AddTranspose' },
});

function orderOf(permutation: OperandSpec): number[] {
  return Array.from(permutation.data as Int32Array);
}
