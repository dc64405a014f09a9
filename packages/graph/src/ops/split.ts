// SPLIT: a tensor cut into equal parts along one dimension.
import { copyStrided, forEveryType, movingCost, positiveAxis } from '../arithmetic/moving.js';
import { defineOperator, type OperandSpec } from '../op-definition.js';
import { activation, index, sameAsInputs } from '../operand-role.js';
import { stridesOf } from '../shape.js';

export interface SplitAttributes {
  /** Number of outputs. */
  readonly count: number;
}

export const split = defineOperator<'SPLIT', SplitAttributes>({
  kind: 'SPLIT',
  summary: 'The second input cut into equal parts along the dimension that the constant first input names',
  arity: { inputs: [2, 2], outputs: 'as many as the attributes say' },
  defaults: { count: 0 },
  requires: [
    { sentence: 'there are 1 to 1024 outputs', holds: ({ attributes: { count } }) => count >= 1 && count <= 1024 },
    {
      sentence: 'the axis is a constant int32 that names a dimension of the input',
      holds: ({ inputs: [axis, input] }) =>
        axis!.dtype === 'int32' && axis!.data?.length === 1 && input!.shape[axisOf(axis!, input!)] !== undefined,
    },
    {
      sentence: 'the dimension is a whole multiple of the number of outputs',
      holds: ({ inputs: [axis, input], attributes: { count } }) => input!.shape[axisOf(axis!, input!)]! % count === 0,
    },
  ],
  infer: ({ inputs: [axis, input], attributes: { count } }) => {
    const at = axisOf(axis!, input!);
    const shape = input!.shape.map((size, d) => (d === at ? size / count : size));
    return Array.from({ length: count }, () => ({ shape, dtype: input!.dtype }));
  },
  kernels: forEveryType(({ inputs: [axis, input], outputs }) => {
    const strides = stridesOf(input!.shape);
    const at = axisOf(axis!, input!);
    outputs.forEach((output, part) =>
      copyStrided(input!.data, output.data, output.shape, strides, part * output.shape[at]! * strides[at]!),
    );
  }),
  quantization: { operands: [index, activation], outputs: { each: sameAsInputs } },
  traits: { movesDataOnly: true },
  cost: movingCost,
  tflite: {
    builtin: 'SPLIT',
    options: 'SplitOptions',
    fields: { count: 'num_splits' },
    version: ({ inputs: [, input] }) =>
      input!.dtype === 'int16' ? 4 : input!.dtype === 'int32' ? 3 : input!.dtype === 'int8' ? 2 : 1,
  },
  tflm: { resolver: 'AddSplit' },
});

function axisOf(axis: OperandSpec, input: OperandSpec): number {
  return positiveAxis(Number(axis.data![0]), input.shape.length);
}
