// Operators of two broadcast operands on TensorFlow.js.
import { sameShape, type FusedActivation } from '@wherry/graph';
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

export const lowerAdd = binary((tf, first, second) => tf.add(first, second));
export const lowerSub = binary((tf, first, second) => tf.sub(first, second));
export const lowerMul = binary((tf, first, second) => tf.mul(first, second));
export const lowerDiv = binary((tf, first, second) => tf.div(first, second));

export function lowerSquaredDifference(_: unknown, { tf }: LoweringContext): Step {
  return ([first, second]) => {
    const difference = tf.sub(first!, second!);
    return tf.mul(difference, difference);
  };
}

/** The gradients that TensorFlow.js has of these are of operands of one shape: zeros of that shape make them so, and add back up. */
function extremum(compute: (tf: typeof Tfjs, first: Tfjs.Tensor, second: Tfjs.Tensor) => Tfjs.Tensor) {
  return (_: unknown, { tf, inputs, outputs, differentiable }: LoweringContext): Step => {
    const shape = [...outputs[0]!.shape];
    const isWhole = inputs.map((input) => !differentiable || sameShape(input!.shape, shape));
    const whole = (operand: Tfjs.Tensor, position: number): Tfjs.Tensor =>
      isWhole[position] ? operand : tf.add(operand, tf.zeros(shape));
    return ([first, second]) => compute(tf, whole(first!, 0), whole(second!, 1));
  };
}

export const lowerMaximum = extremum((tf, first, second) => tf.maximum(first, second));
export const lowerMinimum = extremum((tf, first, second) => tf.minimum(first, second));
