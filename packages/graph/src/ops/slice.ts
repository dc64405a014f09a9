// SLICE: a block of a tensor.
import { copyStrided, forEveryType, movingCost } from '../arithmetic/moving.js';
import { defineOperator, type OperandSpec } from '../op-definition.js';
import { activation, index, sameAsInputs } from '../operand-role.js';
import { stridesOf } from '../shape.js';

export const slice = defineOperator<'SLICE', object>({
  kind: 'SLICE',
  summary: 'The block of a tensor that begins at one constant input and has the size of another; -1: to the end',
  arity: { inputs: [3, 3], outputs: 1 },
  defaults: {},
  requires: [
    {
      sentence: 'begin and size are constant int32 or int64 vectors of one value per dimension',
      holds: ({ inputs: [input, begin, size] }) =>
        [begin!, size!].every(
          (v) => (v.dtype === 'int32' || v.dtype === 'int64') && v.data?.length === input!.shape.length,
        ),
    },
    {
      sentence: 'the block lies within the input',
      holds: ({ inputs: [input, begin, size] }) => {
        const [from, sizes] = [valuesOf(begin!), blockShape(input!, begin!, size!)];
        return sizes.every((extent, d) => from[d]! >= 0 && extent >= 0 && from[d]! + extent <= input!.shape[d]!);
      },
    },
  ],
  infer: ({ inputs: [input, begin, size] }) => [{ shape: blockShape(input!, begin!, size!), dtype: input!.dtype }],
  kernels: forEveryType(({ inputs: [input, begin], outputs: [output] }) => {
    const strides = stridesOf(input!.shape);
    const offset = valuesOf(begin!).reduce((sum, from, d) => sum + from * strides[d]!, 0);
    copyStrided(input!.data, output!.data, output!.shape, strides, offset);
  }),
  quantization: { operands: [activation, index, index], outputs: [sameAsInputs] },
  traits: { movesDataOnly: true },
  cost: movingCost,
  tflite: {
    builtin: 'SLICE',
    options: 'SliceOptions',
    fields: {},
    version: ({ inputs: [input] }) =>
      input!.shape.length > 4 ? 5 : input!.dtype === 'int16' ? 4 : input!.dtype === 'int8' ? 2 : 1,
  },
  tflm: { resolver: 'AddSlice' },
});

function valuesOf({ data }: OperandSpec): number[] {
  return Array.from(data as ArrayLike<number | bigint>, Number);
}

function blockShape(input: OperandSpec, begin: OperandSpec, size: OperandSpec): number[] {
  const from = valuesOf(begin);
  return valuesOf(size).map((extent, d) => (extent === -1 ? input.shape[d]! - from[d]! : extent));
}
