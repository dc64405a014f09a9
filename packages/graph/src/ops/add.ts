// ADD: the sum of two tensors, broadcast to each other.
import { addDefaults, addFloat, addInt16, addInt8, addWhole, type AddAttributes } from '../arithmetic/add-sub.js';
import { binaryCost, broadcastRules, inferBroadcast } from '../arithmetic/broadcast.js';
import { defineOperator } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

export const add = defineOperator<'ADD', AddAttributes>({
  kind: 'ADD',
  summary: 'The sum of two tensors, broadcast to each other',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: addDefaults,
  requires: broadcastRules,
  infer: inferBroadcast,
  kernels: { float: addFloat(1), int8: addInt8(1), int16: addInt16(1), ...addWhole(1) },
  quantization: { operands: [activation, activation], outputs: [calibrated] },
  traits: { elementwise: true, acceptsFusedActivation: true, mayRunInPlace: true },
  cost: binaryCost,
  tflite: {
    builtin: 'ADD',
    options: 'AddOptions',
    fields: { activation: 'fused_activation_function', potScaleInt16: 'pot_scale_int16' },
    version: ({ inputs: [first], attributes }) =>
      first!.dtype === 'int64'
        ? 4
        : first!.dtype === 'int8'
          ? 2
          : first!.dtype === 'int16' && !attributes.potScaleInt16
            ? 3
            : 1,
  },
  tflm: { resolver: 'AddAdd' },
});
