// UNPACK: a tensor taken apart along one dimension, which goes.
import { copyStrided, forEveryType, movingCost, positiveAxis } from '../arithmetic/moving.js';
import { defineOperator } from '../op-definition.js';
import { activation, sameAsInputs } from '../operand-role.js';
import { stridesOf } from '../shape.js';

export interface UnpackAttributes {
  readonly axis: number;
  /** Number of outputs: the size of the dimension. */
  readonly count: number;
}

export const unpack = defineOperator<'UNPACK', UnpackAttributes>({
  kind: 'UNPACK',
  summary: 'A tensor taken apart along one dimension, which goes',
  arity: { inputs: [1, 1], outputs: 'as many as the attributes say' },
  defaults: { axis: 0, count: 0 },
  requires: [
    { sentence: 'there are 1 to 1024 outputs', holds: ({ attributes: { count } }) => count >= 1 && count <= 1024 },
    {
      sentence: 'the axis names a dimension whose size is the number of outputs',
      holds: ({ inputs: [input], attributes: { axis, count } }) =>
        input!.shape[positiveAxis(axis, input!.shape.length)] === count,
    },
  ],
  infer: ({ inputs: [input], attributes: { axis, count } }) => {
    const { shape, dtype } = input!;
    const at = positiveAxis(axis, shape.length);
    return Array.from({ length: count }, () => ({ shape: shape.filter((_, d) => d !== at), dtype }));
  },
  kernels: forEveryType(({ inputs: [input], outputs, attributes }) => {
    const strides = stridesOf(input!.shape);
    const axis = positiveAxis(attributes.axis, input!.shape.length);
    const kept = strides.filter((_, d) => d !== axis);
    outputs.forEach((output, position) =>
      copyStrided(input!.data, output.data, output.shape, kept, position * strides[axis]!),
    );
  }),
  quantization: { operands: [activation], outputs: { each: sameAsInputs } },
  traits: { movesDataOnly: true },
  cost: movingCost,
  tflite: {
    builtin: 'UNPACK',
    options: 'UnpackOptions',
    fields: { axis: 'axis', count: 'num' },
    version: ({ inputs: [input] }) =>
      (({ int8: 2, uint8: 2, bool: 3, int16: 4 }) as { readonly [dtype: string]: number })[input!.dtype] ?? 1,
  },
  tflm: { resolver: 'AddUnpack' },
});
