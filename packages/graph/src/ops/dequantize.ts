// DEQUANTIZE: integers, or halves, back to real values.
import { widenHalf } from '../arithmetic/half-float.js';
import { movingCost } from '../arithmetic/moving.js';
import { forEachSlice } from '../arithmetic/slices.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, unquantized } from '../operand-role.js';

export const dequantize = defineOperator<'DEQUANTIZE', object>({
  kind: 'DEQUANTIZE',
  summary: 'Integers, or halves, back to real values',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: {},
  requires: [],
  infer: ({ inputs: [input] }) => [{ shape: input!.shape, dtype: 'float32' }],
  kernels: { int8: toFloat, int16: toFloat, uint8: toFloat, float16: widen },
  quantization: { operands: [activation], outputs: [unquantized] },
  traits: { elementwise: true },
  cost: movingCost,
  tflite: {
    builtin: 'DEQUANTIZE',
    options: 'DequantizeOptions',
    fields: {},
    version: ({ inputs: [input] }) => {
      if (input!.dtype === 'int16' || input!.dtype === 'float16') return 3;
      const perAxis = (input!.quantization?.scale.length ?? 1) > 1;
      return input!.dtype === 'int8' ? (perAxis ? 5 : 2) : 1;
    },
  },
  tflm: { resolver: 'AddDequantize' },
});

/** scale * (q - zeroPoint), rounded once to float32. */
function toFloat({ inputs: [input], outputs: [output] }: KernelContext<object>): void {
  const { scale, zeroPoint } = input!.quantization!;
  const result = output!.data as Float32Array;
  forEachSlice(input!.shape, input!.quantization!, (slice, from, to) => {
    for (let i = from; i < to; i++) result[i] = scale[slice]! * (Number(input!.data[i]) - zeroPoint[slice]!);
  });
}

function widen({ inputs: [input], outputs: [output] }: KernelContext<object>): void {
  const result = output!.data as Float32Array;
  for (let i = 0; i < result.length; i++) result[i] = widenHalf(Number(input!.data[i]));
}
