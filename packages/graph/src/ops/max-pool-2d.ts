// MAX_POOL_2D: the greatest value in a window; padding does not count.
import { activationBounds, clamp, quantizedActivationBounds } from '../arithmetic/activation.js';
import {
  forEachWindow,
  inferPool,
  poolCost,
  poolDefaults,
  poolEncoding,
  poolRules,
  type PoolAttributes,
} from '../arithmetic/pooling.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, sameAsInputs } from '../operand-role.js';

export const maxPool2d = defineOperator<'MAX_POOL_2D', PoolAttributes>({
  kind: 'MAX_POOL_2D',
  summary: 'Greatest value of each channel of [N,H,W,C] in a window',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: poolDefaults,
  requires: poolRules,
  infer: inferPool,
  kernels: {
    float: (context) => greatest(context, activationBounds(context.attributes.activation)),
    int8: greatestInteger,
    int16: greatestInteger,
  },
  quantization: { operands: [activation], outputs: [sameAsInputs] },
  traits: { acceptsFusedActivation: true, scalesChannels: () => true },
  cost: poolCost,
  tflite: poolEncoding('MAX_POOL_2D'),
  tflm: { resolver: 'AddMaxPool2D' },
});

function greatestInteger(context: KernelContext<PoolAttributes>): void {
  const { dtype, quantization } = context.outputs[0]!;
  greatest(context, quantizedActivationBounds(context.attributes.activation, dtype, quantization!));
}

function greatest(
  { inputs: [input], outputs: [output], attributes }: KernelContext<PoolAttributes>,
  [low, high]: readonly [number, number],
): void {
  const source = input!.data as Float32Array | Int8Array | Int16Array;
  const result = output!.data as Float32Array | Int8Array | Int16Array;
  const channels = input!.shape[3]!;
  forEachWindow(input!, attributes, (rows, count, at) => {
    for (let c = 0; c < channels; c++) {
      let most = -Infinity;
      for (let r = 0; r < count; r++) {
        const value = source[rows[r]! + c]!;
        if (value > most) most = value;
      }
      result[at + c] = clamp(most, low, high);
    }
  });
}
