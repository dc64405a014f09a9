// CONCATENATION: tensors one behind the other along one dimension.
import type { FusedActivation } from '../arithmetic/activation.js';
import { forEveryType, movingCost, positiveAxis, scatterStrided } from '../arithmetic/moving.js';
import { defineOperator, type KernelContext, type OperandSpec } from '../op-definition.js';
import { activation, sameAsInputs } from '../operand-role.js';
import { stridesOf } from '../shape.js';

export interface ConcatenationAttributes {
  readonly axis: number;
  /** The runtimes refuse anything but NONE; it is in the format all the same. */
  readonly activation: FusedActivation;
}

export const concatenation = defineOperator<'CONCATENATION', ConcatenationAttributes>({
  kind: 'CONCATENATION',
  summary: 'Tensors one behind the other along one dimension',
  arity: { inputs: [1, 1024], outputs: 1 },
  defaults: { axis: 0, activation: 'NONE' },
  requires: [
    { sentence: 'no activation is fused', holds: ({ attributes }) => attributes.activation === 'NONE' },
    {
      sentence: 'the axis names a dimension',
      holds: ({ inputs: [first], attributes: { axis } }) => axis >= -first!.shape.length && axis < first!.shape.length,
    },
    {
      sentence: 'all inputs are there, of one type, and differ in the joined dimension only',
      holds: ({ inputs, attributes }) =>
        inputs.every((input) => input !== undefined && alike(inputs[0]!, input, attributes.axis)),
    },
  ],
  infer: ({ inputs, attributes }) => {
    const first = inputs[0]!;
    const axis = positiveAxis(attributes.axis, first.shape.length);
    const joined = inputs.reduce((sum, input) => sum + input!.shape[axis]!, 0);
    return [{ shape: first.shape.map((size, d) => (d === axis ? joined : size)), dtype: first.dtype }];
  },
  kernels: forEveryType(concatenate),
  quantization: { operands: { each: activation }, outputs: [sameAsInputs] },
  traits: { movesDataOnly: true },
  cost: movingCost,
  tflite: {
    builtin: 'CONCATENATION',
    options: 'ConcatenationOptions',
    fields: { axis: 'axis', activation: 'fused_activation_function' },
    version: ({ inputs: [input] }) => (input!.dtype === 'int16' ? 3 : input!.dtype === 'int8' ? 2 : 1),
  },
  tflm: { resolver: 'AddConcatenation' },
});

function alike(first: OperandSpec, other: OperandSpec, axis: number): boolean {
  const joined = positiveAxis(axis, first.shape.length);
  return (
    first.dtype === other.dtype &&
    first.shape.length === other.shape.length &&
    first.shape.every((size, d) => d === joined || size === other.shape[d])
  );
}

function concatenate({ inputs, outputs: [output], attributes }: KernelContext<ConcatenationAttributes>): void {
  const strides = stridesOf(output!.shape);
  const axis = positiveAxis(attributes.axis, output!.shape.length);
  let offset = 0;
  for (const input of inputs) {
    scatterStrided(input!.data, output!.data, input!.shape, strides, offset);
    offset += input!.shape[axis]! * strides[axis]!;
  }
}
