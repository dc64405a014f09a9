// AVERAGE_POOL_2D: the mean over a window; padding does not count.
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

export const averagePool2d = defineOperator<'AVERAGE_POOL_2D', PoolAttributes>({
  kind: 'AVERAGE_POOL_2D',
  summary: 'Mean of each channel of [N,H,W,C] over a window',
  arity: { inputs: [1, 1], outputs: 1 },
  defaults: poolDefaults,
  requires: poolRules,
  infer: inferPool,
  kernels: { float: averageFloat, int8: averageInteger, int16: averageInteger },
  quantization: { operands: [activation], outputs: [sameAsInputs] },
  traits: { acceptsFusedActivation: true, scalesChannels: () => true },
  cost: poolCost,
  tflite: poolEncoding('AVERAGE_POOL_2D'),
  tflm: { resolver: 'AddAveragePool2D' },
});

function averageFloat({ inputs: [input], outputs: [output], attributes }: KernelContext<PoolAttributes>): void {
  const source = input!.data as Float32Array;
  const result = output!.data as Float32Array;
  const channels = input!.shape[3]!;
  const [low, high] = activationBounds(attributes.activation);
  forEachWindow(input!, attributes, (rows, count, at) => {
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let r = 0; r < count; r++) sum += source[rows[r]! + c]!;
      result[at + c] = clamp(sum / count, low, high);
    }
  });
}

/** Rounds half away from zero on the stored integers, zero point included: so the reference kernel does. */
function averageInteger({ inputs: [input], outputs: [output], attributes }: KernelContext<PoolAttributes>): void {
  const source = input!.data as Int8Array | Int16Array;
  const result = output!.data as Int8Array | Int16Array;
  const channels = input!.shape[3]!;
  const [low, high] = quantizedActivationBounds(attributes.activation, output!.dtype, output!.quantization!);
  forEachWindow(input!, attributes, (rows, count, at) => {
    const half = count >> 1;
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let r = 0; r < count; r++) sum += source[rows[r]! + c]!;
      const mean = ((sum > 0 ? sum + half : sum - half) / count) | 0;
      result[at + c] = clamp(mean, low, high);
    }
  });
}
