// SUB: the difference of two tensors, broadcast to each other.
import { addDefaults, addFloat, addInt16, addInt8, addWhole, type AddAttributes } from '../arithmetic/add-sub.js';
import { binaryCost, broadcastRules, inferBroadcast } from '../arithmetic/broadcast.js';
import { defineOperator } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';
import { sameShape } from '../shape.js';

export const sub = defineOperator<'SUB', AddAttributes>({
  kind: 'SUB',
  summary: 'The difference of two tensors, broadcast to each other',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: addDefaults,
  requires: broadcastRules,
  infer: inferBroadcast,
  kernels: { float: addFloat(-1), int8: addInt8(-1), int16: addInt16(-1), ...addWhole(-1) },
  quantization: { operands: [activation, activation], outputs: [calibrated] },
  traits: { elementwise: true, acceptsFusedActivation: true, mayRunInPlace: true },
  cost: binaryCost,
  tflite: {
    builtin: 'SUB',
    options: 'SubOptions',
    fields: { activation: 'fused_activation_function', potScaleInt16: 'pot_scale_int16' },
    version: ({ inputs: [first, second], attributes }) => {
      if (first!.dtype === 'int64') return 4;
      if (first!.dtype === 'int16' && !attributes.potScaleInt16) return 5;
      const broadcasts = !sameShape(first!.shape, second!.shape);
      return broadcasts && Math.max(first!.shape.length, second!.shape.length) > 4
        ? 3
        : first!.dtype === 'int8'
          ? 2
          : 1;
    },
  },
  tflm: { resolver: 'AddSub' },
});
