// SQUEEZE: drops dimensions of size 1.
import { forEveryType, movingCost, positiveAxis } from '../arithmetic/moving.js';
import { defineOperator } from '../op-definition.js';
import { activation, sameAsInputs } from '../operand-role.js';

export interface SqueezeAttributes {
  /** Dimensions to drop; none listed: all of size 1. */
  readonly dimensions: readonly number[];
}

export const squeeze = defineOperator<'SQUEEZE', SqueezeAttributes>({
  kind: 'SQUEEZE',
  summary: 'Drops dimensions of size 1',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: { dimensions: [] },
  requires: [
    {
      sentence: 'every dimension to be dropped exists and has size 1',
      holds: ({ inputs: [input], attributes }) =>
        attributes.dimensions.every((axis) => input!.shape[positiveAxis(axis, input!.shape.length)] === 1),
    },
  ],
  infer: ({ inputs: [input], attributes }) => {
    const { shape, dtype } = input!;
    const dropped = new Set(attributes.dimensions.map((axis) => positiveAxis(axis, shape.length)));
    const stays = (size: number, d: number): boolean => (dropped.size === 0 ? size !== 1 : !dropped.has(d));
    return [{ shape: shape.filter(stays), dtype }];
  },
  kernels: forEveryType(({ inputs: [input], outputs: [output] }) => output!.data.set(input!.data as never)),
  quantization: { operands: [activation], outputs: [sameAsInputs] },
  traits: { movesDataOnly: true, sameBytes: true, mayRunInPlace: true, scalesChannels: () => true },
  cost: movingCost,
  tflite: { builtin: 'SQUEEZE', options: 'SqueezeOptions', fields: { dimensions: 'squeeze_dims' }, version: () => 1 },
  tflm: { resolver: 'AddSqueeze' },
});
