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
    ([first, second]) =>
      activate(tf, compute(tf, first!, second!), attributes.activation);
}

function plain(compute: (tf: typeof Tfjs, first: Tfjs.Tensor, second: Tfjs.Tensor) => Tfjs.Tensor) {
  return (_: unknown, { tf }: LoweringContext): Step =>
    ([first, second]) =>
      compute(tf, first!, second!);
}

export const lowerAdd = binary((tf, first, second) => tf.add(first, second));
export const lowerSub = binary((tf, first, second) => tf.sub(first, second));
export const lowerMul = binary((tf, first, second) => tf.mul(first, second));
export const lowerDiv = binary((tf, first, second) => tf.div(first, second));
export const lowerMaximum = plain((tf, first, second) => tf.maximum(first, second));
export const lowerMinimum = plain((tf, first, second) => tf.minimum(first, second));
