// RSQRT: 1 / sqrt(x).
import { clamp } from '../arithmetic/activation.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../arithmetic/fixed-point.js';
import { mapInt8 } from '../arithmetic/integer-map.js';
import { inverseSquareRoot } from '../arithmetic/inverse-square-root.js';
import { elementwiseCost, inferSame, mapFloat } from '../arithmetic/unary.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, calibrated } from '../operand-role.js';

/** Bits that the root is shifted up by, so that it stays a whole number. */
const rootBits = 20;

export const rsqrt = defineOperator<'RSQRT', object>({
  kind: 'RSQRT',
  summary: '1 / sqrt(x) of each element',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: {},
  requires: [],
  infer: inferSame,
  kernels: {
    float: ({ inputs: [input], outputs: [output] }) => mapFloat(input!, output!, (x) => 1 / Math.sqrt(x)),
    int8: rsqrtInt8,
  },
  quantization: { operands: [activation], outputs: [calibrated] },
  traits: { elementwise: true },
  cost: elementwiseCost,
  tflite: {
    builtin: 'RSQRT',
    options: null,
    fields: {},
    version: ({ inputs: [input] }) => (input!.dtype === 'int8' ? 2 : 1),
  },
  tflm: { resolver: 'AddRsqrt' },
});

/**
 * Of 0 it is the greatest number that the output holds, and so it is here of what has no root, where TFLite Micro and LiteRT end
 * the run with an error: an input of no negative number, such as a variance, has no value below its zero point.
 */
function rsqrtInt8({ inputs: [input], outputs: [output] }: KernelContext<object>): void {
  const [from, to] = [input!.quantization!, output!.quantization!];
  const { multiplier, shift } = quantizeMultiplier(1 / (Math.sqrt(from.scale[0]!) * to.scale[0]!));
  mapInt8(input!.data as Int8Array, output!.data as Int8Array, (stored) => {
    const value = stored - from.zeroPoint[0]!;
    if (value <= 0) return 127;
    const root = inverseSquareRoot(value);
    const fine = multiplyByQuantizedMultiplier(1, root.multiplier, root.shift + rootBits, 'double');
    const scaled = multiplyByQuantizedMultiplier(fine, multiplier, shift - rootBits, 'double');
    return clamp(scaled + to.zeroPoint[0]!, -128, 127);
  });
}
