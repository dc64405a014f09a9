// QUANTIZE: real values to integers, or integers to integers of another scale.
import { roundHalfAway } from '../arithmetic/activation.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../arithmetic/fixed-point.js';
import { movingCost } from '../arithmetic/moving.js';
import { forEachSlice } from '../arithmetic/slices.js';
import { integerRange } from '../data-type.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

export const quantize = defineOperator<'QUANTIZE', object>({
  kind: 'QUANTIZE',
  summary: 'Real values to integers, or integers to integers of another scale',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: {},
  requires: [],
  // Type and scale of the output are the point of the operator, not a consequence of its input.
  infer: ({ inputs: [input] }) => [{ shape: input!.shape, dtype: null }],
  kernels: { float: fromFloat, int8: rescale, int16: rescale, uint8: rescale, int32: rescale },
  quantization: { operands: [activation], outputs: [calibrated] },
  traits: { elementwise: true },
  cost: movingCost,
  tflite: {
    builtin: 'QUANTIZE',
    options: 'QuantizeOptions',
    fields: {},
    version: ({ outputs: [output] }) =>
      output!.quantization !== undefined && output!.quantization.scale.length > 1
        ? 3
        : output!.dtype === 'int16'
          ? 2
          : 1,
  },
  tflm: { resolver: 'AddQuantize' },
});

/** The quotient is a float32 and is rounded half away from zero, as AffineQuantize does; NaN becomes the zero point. */
function fromFloat({ inputs: [input], outputs: [output] }: KernelContext<object>): void {
  const source = input!.data as Float32Array;
  const { scale, zeroPoint } = output!.quantization!;
  const [low, high] = integerRange(output!.dtype);
  forEachSlice(output!.shape, output!.quantization!, (slice, from, to) => {
    const zero = zeroPoint[slice]!;
    for (let i = from; i < to; i++) {
      const value = roundHalfAway(Math.fround(source[i]! / scale[slice]!)) + zero;
      output!.data[i] = value < low ? low : value > high ? high : Number.isNaN(value) ? zero : value;
    }
  });
}

function rescale({ inputs: [input], outputs: [output], rounding }: KernelContext<object>): void {
  const source = input!.data;
  const [from, to] = [input!.quantization!, output!.quantization!];
  const { multiplier, shift } = quantizeMultiplier(from.scale[0]! / to.scale[0]!);
  const [low, high] = integerRange(output!.dtype);
  for (let i = 0; i < source.length; i++) {
    const value =
      multiplyByQuantizedMultiplier(Number(source[i]) - from.zeroPoint[0]!, multiplier, shift, rounding) +
      to.zeroPoint[0]!;
    output!.data[i] = value < low ? low : value > high ? high : value;
  }
}
