// DIV: the quotient of two tensors. Real values only: an integer divisor of 0 stops the runtimes dead.
import { activationBounds, type FusedActivation } from '../arithmetic/activation.js';
import { binaryCost, broadcastRules, combineBroadcast, inferBroadcast } from '../arithmetic/broadcast.js';
import { defineOperator } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

export interface DivAttributes {
  readonly activation: FusedActivation;
}

export const div = defineOperator<'DIV', DivAttributes>({
  kind: 'DIV',
  summary: 'The quotient of two tensors, broadcast to each other',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: { activation: 'NONE' },
  requires: broadcastRules,
  infer: inferBroadcast,
  kernels: {
    float: ({ inputs: [first, second], outputs: [output], attributes }) => {
      const [low, high] = activationBounds(attributes.activation);
      combineBroadcast(first!, second!, output!, (a, b) => Math.min(high, Math.max(low, a / b)));
    },
  },
  quantization: { operands: [activation, activation], outputs: [calibrated] },
  traits: { elementwise: true, acceptsFusedActivation: true, mayRunInPlace: true },
  cost: binaryCost,
  tflite: {
    builtin: 'DIV',
    options: 'DivOptions',
    fields: { activation: 'fused_activation_function' },
    version: ({ outputs: [output] }) => (output!.shape.length > 4 ? 2 : 1),
  },
  tflm: { resolver: 'AddDiv' },
});
