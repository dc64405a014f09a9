// SQUARED_DIFFERENCE: the square of how far two tensors are apart.
import { clamp } from '../arithmetic/activation.js';
import { binaryCost, broadcastRules, combineBroadcast, inferBroadcast } from '../arithmetic/broadcast.js';
import { multiplyByQuantizedMultiplier, type FixedPointScale } from '../arithmetic/fixed-point.js';
import { squaredDifferenceScales } from '../arithmetic/squared-difference.js';
import { symmetricInt16 } from '../arithmetic/symmetric-int16.js';
import { integerRange } from '../data-type.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

export const squaredDifference = defineOperator<'SQUARED_DIFFERENCE', object>({
  kind: 'SQUARED_DIFFERENCE',
  summary: 'The square of the difference of two tensors, broadcast to each other',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: {},
  requires: [...broadcastRules, symmetricInt16],
  infer: inferBroadcast,
  kernels: {
    float: ({ inputs: [first, second], outputs: [output] }) =>
      combineBroadcast(first!, second!, output!, (a, b) => Math.fround(a - b) ** 2),
    int8: inIntegers,
    int16: inIntegers,
  },
  quantization: { operands: [activation, activation], outputs: [calibrated] },
  traits: { elementwise: true },
  cost: binaryCost,
  tflite: {
    builtin: 'SQUARED_DIFFERENCE',
    options: 'SquaredDifferenceOptions',
    fields: {},
    version: ({ inputs: [input] }) => (input!.dtype === 'int8' ? 2 : 1),
  },
  tflm: { resolver: 'AddSquaredDifference' },
});

/** Both operands are brought to twice the greater scale first. */
function inIntegers({ inputs: [first, second], outputs: [output] }: KernelContext<object>): void {
  const scales = squaredDifferenceScales([first!, second!, output!]);
  const [low, high] = integerRange(output!.dtype);
  const scaled = (value: number, { multiplier, shift }: FixedPointScale): number =>
    multiplyByQuantizedMultiplier(value, multiplier, shift, 'double');
  const [zeroA, zeroB, zeroPoint] = [first!, second!, output!].map(({ quantization }) => quantization!.zeroPoint[0]!);
  combineBroadcast(first!, second!, output!, (a, b) => {
    const [x, y] = [(a - zeroA!) << scales.leftShift, (b - zeroB!) << scales.leftShift];
    const difference = scaled(x, scales.first) - scaled(y, scales.second);
    return clamp(scaled(difference * difference, scales.output) + zeroPoint!, low, high);
  });
}
