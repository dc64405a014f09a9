// SOFTMAX: exp(beta * x) along the last dimension, divided by its sum.
import { reciprocalOfOnePlus } from '../arithmetic/fixed-point-functions.js';
import { roundingDivideByPowerOfTwo, roundingDoublingHighMultiply } from '../arithmetic/fixed-point.js';
import { softmaxExponentials } from '../arithmetic/softmax-exponentials.js';
import { softmaxInt16 } from '../arithmetic/softmax-int16.js';
import { symmetricInt16 } from '../arithmetic/symmetric-int16.js';
import { elementwiseCost, versionByType } from '../arithmetic/unary.js';
import { integerRange } from '../data-type.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, fixed } from '../operand-role.js';

export interface SoftmaxAttributes {
  readonly beta: number;
}

export const softmax = defineOperator<'SOFTMAX', SoftmaxAttributes>({
  kind: 'SOFTMAX',
  summary: 'exp(beta * x) along the last dimension, divided by its sum',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: { beta: 1 },
  requires: [
    { sentence: 'the input has at least 1 dimension', holds: ({ inputs: [input] }) => input!.shape.length >= 1 },
    { sentence: 'beta is a positive number', holds: ({ attributes: { beta } }) => beta > 0 && Number.isFinite(beta) },
    symmetricInt16,
  ],
  // With 16 bits of the output the runtime has more of int8 scores than they hold: a file may ask for that.
  infer: ({ inputs: [input] }) => [
    { shape: input!.shape, dtype: input!.dtype, ...(input!.dtype === 'int8' ? { or: ['int16'] } : {}) },
  ],
  kernels: {
    float: softmaxFloat,
    int8: softmaxInt8,
    int16: ({ inputs: [input], outputs: [output], attributes }) => softmaxInt16(input!, output!, attributes.beta),
  },
  quantization: {
    operands: [activation],
    outputs: [
      fixed(
        { scale: 1 / 256, zeroPoint: -128 },
        { scale: 1 / 32768, zeroPoint: 0 },
        { scale: 1 / 65536, zeroPoint: -32768 },
      ),
    ],
  },
  traits: { scores: 'rows' },
  cost: elementwiseCost,
  tflite: { builtin: 'SOFTMAX', options: 'SoftmaxOptions', fields: { beta: 'beta' }, version: versionByType },
  tflm: { resolver: 'AddSoftmax' },
});

function softmaxFloat({ inputs: [input], outputs: [output], attributes }: KernelContext<SoftmaxAttributes>): void {
  const source = input!.data as Float32Array;
  const result = output!.data as Float32Array;
  const depth = input!.shape.at(-1)!;
  const exponentials = new Float64Array(depth);
  for (let row = 0; row < source.length; row += depth) {
    let most = -Infinity;
    for (let c = 0; c < depth; c++) if (source[row + c]! > most) most = source[row + c]!;
    let sum = 0;
    for (let c = 0; c < depth; c++) sum += exponentials[c] = Math.exp((source[row + c]! - most) * attributes.beta);
    for (let c = 0; c < depth; c++) result[row + c] = exponentials[c]! / sum;
  }
}

/** The exponentials are summed with 12 integer bits. */
const sumBits = 12;

function softmaxInt8({ inputs: [input], outputs: [output], attributes }: KernelContext<SoftmaxAttributes>): void {
  const source = input!.data as Int8Array;
  const result = output!.data as Int8Array | Int16Array;
  const [least, greatest] = integerRange(output!.dtype);
  const bits = 8 * result.BYTES_PER_ELEMENT;
  const depth = input!.shape.at(-1)!;
  const exponentials = softmaxExponentials(input!.quantization!.scale[0]!, attributes.beta);
  for (let row = 0; row < source.length; row += depth) {
    let most = -128;
    for (let c = 0; c < depth; c++) if (source[row + c]! > most) most = source[row + c]!;
    let sum = 0;
    for (let c = 0; c < depth; c++)
      sum = (sum + roundingDivideByPowerOfTwo(exponentials[most - source[row + c]!]!, sumBits)) | 0;
    const headroom = Math.clz32(sum);
    const reciprocal = reciprocalOfOnePlus(((sum << headroom) >>> 0) - 2147483648);
    // Bits of the output are all of them fraction.
    const exponent = sumBits - headroom + 31 - bits;
    for (let c = 0; c < depth; c++) {
      const share = roundingDoublingHighMultiply(reciprocal, exponentials[most - source[row + c]!]!);
      // Of very many equal scores each is less than half a step; the runtime shifts by more than the width there is.
      const rounded = exponent > 31 ? 0 : roundingDivideByPowerOfTwo(share, exponent);
      result[row + c] = Math.min(greatest, rounded + least);
    }
  }
}
