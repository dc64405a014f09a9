// PRELU: x where it is positive, a learned slope times x elsewhere.
import { clamp } from '../arithmetic/activation.js';
import { binaryCost, broadcastRules, combineBroadcast } from '../arithmetic/broadcast.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../arithmetic/fixed-point.js';
import { inferSame } from '../arithmetic/unary.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';
import { broadcastShape, sameShape } from '../shape.js';

export const prelu = defineOperator<'PRELU', object>({
  kind: 'PRELU',
  summary: 'x where it is not negative, alpha * x elsewhere, with alpha broadcast to x',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: {},
  requires: [
    ...broadcastRules,
    {
      sentence: 'alpha, broadcast, is as large as the first input',
      holds: ({ inputs: [input, alpha] }) => sameShape(broadcastShape(input!.shape, alpha!.shape)!, input!.shape),
    },
  ],
  infer: inferSame,
  kernels: {
    float: ({ inputs: [input, alpha], outputs: [output] }) =>
      combineBroadcast(input!, alpha!, output!, (x, slope) => (x >= 0 ? x : x * slope)),
    int8: preluInt8,
  },
  quantization: { operands: [activation, activation], outputs: [calibrated] },
  traits: { elementwise: true, scalesChannels: () => true },
  cost: binaryCost,
  tflite: { builtin: 'PRELU', options: null, fields: {}, version: () => 1 },
  tflm: { resolver: 'AddPrelu' },
});

/** Two scales, one per sign of the input less its zero point. */
function preluInt8({ inputs: [input, alpha], outputs: [output], rounding }: KernelContext<object>): void {
  const [from, slope, to] = [input!.quantization!, alpha!.quantization!, output!.quantization!];
  const [zero, slopeZero, outputZero] = [from.zeroPoint[0]!, slope.zeroPoint[0]!, to.zeroPoint[0]!];
  const identity = quantizeMultiplier(from.scale[0]! / to.scale[0]!);
  const product = quantizeMultiplier((from.scale[0]! * slope.scale[0]!) / to.scale[0]!);
  combineBroadcast(input!, alpha!, output!, (x, a) => {
    const value = x - zero;
    const scaled =
      value >= 0
        ? multiplyByQuantizedMultiplier(value, identity.multiplier, identity.shift, rounding)
        : multiplyByQuantizedMultiplier(value * (a - slopeZero), product.multiplier, product.shift, rounding);
    return clamp(scaled + outputZero, -128, 127);
  });
}
