// EXPAND_DIMS: puts a dimension of size 1 in.
import { forEveryType, movingCost, positiveAxis } from '../arithmetic/moving.js';
import { defineOperator } from '../op-definition.js';
import { activation, index, sameAsInputs } from '../operand-role.js';

export const expandDims = defineOperator<'EXPAND_DIMS', object>({
  kind: 'EXPAND_DIMS',
  summary: 'Puts a dimension of size 1 in at the place that a constant int32 input names',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: {},
  requires: [
    {
      sentence: 'the axis is a constant int32 between -rank - 1 and rank',
      holds: ({ inputs: [input, axis] }) => {
        const value = axis!.dtype === 'int32' && axis!.data?.length === 1 ? Number(axis!.data[0]) : NaN;
        return value >= -input!.shape.length - 1 && value <= input!.shape.length;
      },
    },
  ],
  infer: ({ inputs: [input, axis] }) => {
    const at = positiveAxis(Number(axis!.data![0]), input!.shape.length + 1);
    return [{ shape: [...input!.shape.slice(0, at), 1, ...input!.shape.slice(at)], dtype: input!.dtype }];
  },
  kernels: forEveryType(({ inputs: [input], outputs: [output] }) => output!.data.set(input!.data as never)),
  quantization: { operands: [activation, index], outputs: [sameAsInputs] },
  traits: { movesDataOnly: true, sameBytes: true, mayRunInPlace: true },
  cost: movingCost,
  tflite: { builtin: 'EXPAND_DIMS', options: 'ExpandDimsOptions', fields: {}, version: () => 1 },
  tflm: { resolver: 'AddExpandDims' },
});
