// What MINIMUM and MAXIMUM share: one of two values, quantized or not, as both operands have the output's scale.
import type { Operand, OperatorDefinition } from '../op-definition.js';
import { activation, sameAsInputs } from '../operand-role.js';
import { binaryCost, broadcastRules, combineBroadcast, inferBroadcast } from './broadcast.js';
import { forEveryType } from './moving.js';

type Extremum = Omit<OperatorDefinition<object>, 'kind' | 'summary' | 'tflm'>;

/** `first` decides whether the first of two values is the one. Where it is not, NaN included, the second is. */
export function extremum(builtin: 'MAXIMUM' | 'MINIMUM', first: (a: number, b: number) => boolean): Extremum {
  return {
    arity: { inputs: [2, 2], outputs: 1 },
    defaults: {},
    requires: broadcastRules,
    infer: inferBroadcast,
    kernels: forEveryType(({ inputs: [a, b], outputs: [output] }) =>
      combineBroadcast(a as Operand, b as Operand, output!, (x, y) => (first(x, y) ? x : y)),
    ),
    quantization: { operands: [activation, activation], outputs: [sameAsInputs] },
    traits: { elementwise: true, mayRunInPlace: true },
    cost: binaryCost,
    tflite: {
      builtin,
      options: 'MaximumMinimumOptions',
      fields: {},
      version: ({ inputs: [a], outputs: [output] }) =>
        a!.dtype === 'int16' ? 4 : output!.shape.length > 4 ? 3 : a!.dtype === 'int8' ? 2 : 1,
    },
  };
}
