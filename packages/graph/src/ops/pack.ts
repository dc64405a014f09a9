// PACK: tensors of one shape stacked along a new dimension.
import { forEveryType, movingCost, positiveAxis, scatterStrided } from '../arithmetic/moving.js';
import { defineOperator } from '../op-definition.js';
import { activation, sameAsInputs } from '../operand-role.js';
import { sameShape, stridesOf } from '../shape.js';

export interface PackAttributes {
  readonly axis: number;
  /** Number of inputs, as files record it. */
  readonly count: number;
}

export const pack = defineOperator<'PACK', PackAttributes>({
  kind: 'PACK',
  summary: 'Tensors of one shape stacked along a new dimension',
  arity: { inputs: [1, 1024], outputs: 1 },
  defaults: { axis: 0, count: 0 },
  requires: [
    {
      sentence: 'all inputs are there, of one type and shape',
      holds: ({ inputs }) =>
        inputs.every(
          (input) =>
            input !== undefined && input.dtype === inputs[0]!.dtype && sameShape(input.shape, inputs[0]!.shape),
        ),
    },
    {
      sentence: 'the axis lies between -rank - 1 and rank',
      holds: ({ inputs: [first], attributes: { axis } }) =>
        axis >= -first!.shape.length - 1 && axis <= first!.shape.length,
    },
  ],
  infer: ({ inputs, attributes }) => {
    const { shape, dtype } = inputs[0]!;
    const axis = positiveAxis(attributes.axis, shape.length + 1);
    return [{ shape: [...shape.slice(0, axis), inputs.length, ...shape.slice(axis)], dtype }];
  },
  kernels: forEveryType(({ inputs, outputs: [output], attributes }) => {
    const strides = stridesOf(output!.shape);
    const axis = positiveAxis(attributes.axis, output!.shape.length);
    const kept = strides.filter((_, d) => d !== axis);
    inputs.forEach((input, position) =>
      scatterStrided(input!.data, output!.data, input!.shape, kept, position * strides[axis]!),
    );
  }),
  quantization: { operands: { each: activation }, outputs: [sameAsInputs] },
  traits: { movesDataOnly: true },
  cost: movingCost,
  tflite: {
    builtin: 'PACK',
    options: 'PackOptions',
    fields: { axis: 'axis', count: 'values_count' },
    version: ({ inputs: [input] }) => (input!.dtype === 'int8' ? 2 : input!.dtype === 'int16' ? 3 : 1),
  },
  tflm: { resolver: 'AddPack' },
});
