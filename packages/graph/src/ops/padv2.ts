// PADV2: a given value around a tensor.
import { movingCost, forEveryType } from '../arithmetic/moving.js';
import { inferPadded, paddingRules, paddingVersion, padWith } from '../arithmetic/padding.js';
import { defineOperator } from '../op-definition.js';
import { activation, index, sameAsInputs } from '../operand-role.js';

export const padV2 = defineOperator<'PADV2', object>({
  kind: 'PADV2',
  summary: 'The value of the third input around a tensor',
  arity: { inputs: [3, 3], outputs: 1 },
  defaults: {},
  requires: [
    ...paddingRules,
    {
      sentence: "the padding value is a single value of the input's type",
      holds: ({ inputs: [input, , value] }) => value!.dtype === input!.dtype && value!.shape.every((d) => d === 1),
    },
  ],
  infer: inferPadded,
  kernels: forEveryType(({ inputs: [input, paddings, value], outputs: [output] }) =>
    padWith(input!, paddings!, output!, value!.data[0]!),
  ),
  quantization: { operands: [activation, index, activation], outputs: [sameAsInputs] },
  traits: { movesDataOnly: true },
  cost: movingCost,
  tflite: { builtin: 'PADV2', options: 'PadV2Options', fields: {}, version: paddingVersion },
  tflm: { resolver: 'AddPadV2' },
});
