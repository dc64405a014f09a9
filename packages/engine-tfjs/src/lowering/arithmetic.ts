// Operators of two broadcast operands on TensorFlow.js.
import type { FusedActivation } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { activate } from './activation.js';
import type { LoweringContext, Step } from './lowering.js';

interface Fused {
  readonly attributes: { readonly activation: FusedActivation };
}

function binary(compute: (tf: typeof Tfjs, first: Tfjs.Tensor, second: Tfjs.Tensor) => Tfjs.Tensor) {
  return ({ attributes }: Fused, { tf }: LoweringContext): Step =>
    ([first, second]) => activate(tf, compute(tf, first!, second!), attributes.activation);
}

export const lowerAdd = binary((tf, first, second) => tf.add(first, second));
export const lowerSub = binary((tf, first, second) => tf.sub(first, second));
export const lowerMul = binary((tf, first, second) => tf.mul(first, second));
