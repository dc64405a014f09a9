// ABS: the magnitude of each element.
import { clamp } from '../arithmetic/activation.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../arithmetic/fixed-point.js';
import { mapInt16, mapInt8 } from '../arithmetic/integer-map.js';
import { symmetricInt16 } from '../arithmetic/symmetric-int16.js';
import { elementwiseCost, inferSame, mapFloat } from '../arithmetic/unary.js';
import { integerRange } from '../data-type.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

export const abs = defineOperator<'ABS', object>({
  kind: 'ABS',
  summary: 'The magnitude of each element',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: {},
  requires: [symmetricInt16],
  infer: inferSame,
  kernels: {
    float: ({ inputs: [input], outputs: [output] }) => mapFloat(input!, output!, Math.abs),
    int8: (context) =>
      mapInt8(context.inputs[0]!.data as Int8Array, context.outputs[0]!.data as Int8Array, magnitudeOf(context)),
    int16: (context) =>
      mapInt16(context.inputs[0]!.data as Int16Array, context.outputs[0]!.data as Int16Array, magnitudeOf(context)),
  },
  quantization: { operands: [activation], outputs: [calibrated] },
  traits: { elementwise: true },
  cost: elementwiseCost,
  tflite: {
    builtin: 'ABS',
    options: 'AbsOptions',
    fields: {},
    version: ({ inputs: [input] }) => (input!.dtype === 'int16' ? 3 : input!.dtype === 'int8' ? 2 : 1),
  },
  tflm: { resolver: 'AddAbs' },
});

function magnitudeOf({ inputs: [input], outputs: [output] }: KernelContext<object>): (stored: number) => number {
  const [from, to] = [input!.quantization!, output!.quantization!];
  const [low, high] = integerRange(output!.dtype);
  const [zero, outputZero] = [from.zeroPoint[0]!, to.zeroPoint[0]!];
  const { multiplier, shift } = quantizeMultiplier(from.scale[0]! / to.scale[0]!);
  return (stored) => {
    const scaled = multiplyByQuantizedMultiplier(Math.abs(stored - zero), multiplier, shift, 'double');
    return clamp(scaled + outputZero, low, high);
  };
}
