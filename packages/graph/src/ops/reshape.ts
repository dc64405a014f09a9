// RESHAPE: the same values in the same order under another shape.
import { forEveryType, movingCost } from '../arithmetic/moving.js';
import { defineOperator, type OperatorContext } from '../op-definition.js';
import { activation, index, sameAsInputs } from '../operand-role.js';
import { elementCount } from '../shape.js';

export interface ReshapeAttributes {
  /** What the file's options say; the shape operand wins where both are there. */
  readonly newShape: readonly number[];
}

export const reshape = defineOperator<'RESHAPE', ReshapeAttributes>({
  kind: 'RESHAPE',
  summary: 'The same values in the same order under another shape, one dimension of which may be -1',
  arity: { inputs: [1, 2], outputs: 1 },
  defaults: { newShape: [] },
  requires: [
    {
      sentence: 'the shape is an int32 tensor',
      holds: ({ inputs: [, shape] }) => shape === undefined || shape.dtype === 'int32',
    },
    {
      sentence: 'the new shape has as many elements as the input',
      holds: (context) => {
        const shape = targetShape(context);
        return (
          shape === null ||
          (shape.every((d) => Number.isInteger(d) && d >= 0) &&
            elementCount(shape) === elementCount(context.inputs[0]!.shape))
        );
      },
    },
  ],
  infer: (context) => [{ shape: targetShape(context), dtype: context.inputs[0]!.dtype }],
  kernels: forEveryType(({ inputs: [input], outputs: [output] }) => output!.data.set(input!.data as never)),
  quantization: { operands: [activation, index], outputs: [sameAsInputs] },
  traits: { movesDataOnly: true, sameBytes: true, mayRunInPlace: true, scalesChannels: () => true },
  cost: movingCost,
  tflite: { builtin: 'RESHAPE', options: 'ReshapeOptions', fields: { newShape: 'new_shape' }, version: () => 1 },
  tflm: { resolver: 'AddReshape' },
});

/** Null when the shape operand is only known when the graph runs. */
function targetShape({ inputs: [input, operand], attributes }: OperatorContext<ReshapeAttributes>): number[] | null {
  if (operand !== undefined && operand.data === undefined) return null;
  const wanted = operand === undefined ? [...attributes.newShape] : Array.from(operand.data as Int32Array);
  const open = wanted.indexOf(-1);
  if (open < 0) return wanted;
  const known = wanted.reduce((product, d, position) => (position === open ? product : product * d), 1);
  return wanted.map((d, position) => (position === open ? elementCount(input!.shape) / known : d));
}
