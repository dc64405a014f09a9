// PAD: zeros around a tensor.
import { movingCost, forEveryType } from '../arithmetic/moving.js';
import { inferPadded, paddingRules, paddingVersion, padWith } from '../arithmetic/padding.js';
import { defineOperator } from '../op-definition.js';
import { activation, index, sameAsInputs } from '../operand-role.js';

export const pad = defineOperator<'PAD', object>({
  kind: 'PAD',
  summary: 'Zeros around a tensor, as many as a constant input says before and after each dimension',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: {},
  requires: paddingRules,
  infer: inferPadded,
  // A real zero is the zero point among quantized values.
  kernels: forEveryType(({ inputs: [input, paddings], outputs: [output] }) => {
    const zero = output!.quantization?.zeroPoint[0] ?? 0;
    padWith(input!, paddings!, output!, output!.dtype === 'int64' ? BigInt(zero) : zero);
  }),
  quantization: { operands: [activation, index], outputs: [sameAsInputs] },
  traits: { movesDataOnly: true, scalesChannels: () => true },
  cost: movingCost,
  tflite: { builtin: 'PAD', options: 'PadOptions', fields: {}, version: paddingVersion },
  tflm: { resolver: 'AddPad' },
});
