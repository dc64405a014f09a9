// Operators that work element by element, and softmax, on TensorFlow.js.
import type { NodeOf } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { LoweringContext, Step } from './lowering.js';

function unary(compute: (tf: typeof Tfjs, input: Tfjs.Tensor) => Tfjs.Tensor) {
  return (_: unknown, { tf }: LoweringContext): Step =>
    ([input]) =>
      compute(tf, input!);
}

export const lowerRelu = unary((tf, input) => tf.relu(input));
export const lowerRelu6 = unary((tf, input) => tf.relu6(input));
export const lowerLogistic = unary((tf, input) => tf.sigmoid(input));
export const lowerTanh = unary((tf, input) => tf.tanh(input));
export const lowerHardSwish = unary((tf, input) => tf.div(tf.mul(input, tf.relu6(tf.add(input, 3))), 6));

export const lowerAbs = unary((tf, input) => tf.abs(input));
export const lowerElu = unary((tf, input) => tf.elu(input));
export const lowerExp = unary((tf, input) => tf.exp(input));
export const lowerLog = unary((tf, input) => tf.log(input));
export const lowerRsqrt = unary((tf, input) => tf.rsqrt(input));

/** Half of x times 1 and what lies in between -1 and 1: an error function, or the hyperbolic tangent near to it. */
export function lowerGelu({ attributes: { approximate } }: NodeOf<'GELU'>, { tf }: LoweringContext): Step {
  const bent = (x: Tfjs.Tensor): Tfjs.Tensor =>
    approximate
      ? tf.tanh(tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.mul(x, tf.mul(x, x))))))
      : tf.erf(tf.mul(Math.SQRT1_2, x));
  return ([input]) => tf.mul(tf.mul(0.5, input!), tf.add(1, bent(input!)));
}

export function lowerLeakyRelu({ attributes: { alpha } }: NodeOf<'LEAKY_RELU'>, { tf }: LoweringContext): Step {
  return ([input]) => tf.leakyRelu(input!, alpha);
}

/** In two parts, one for each sign: the wasm kernel takes slopes of the last dimension only. */
export const lowerPrelu =
  (_: unknown, { tf }: LoweringContext): Step =>
  ([input, alpha]) =>
    tf.add(tf.relu(input!), tf.mul(tf.minimum(input!, 0), alpha!));

export function lowerSoftmax({ attributes: { beta } }: NodeOf<'SOFTMAX'>, { tf }: LoweringContext): Step {
  return ([input]) => tf.softmax(beta === 1 ? input! : tf.mul(input!, beta));
}
