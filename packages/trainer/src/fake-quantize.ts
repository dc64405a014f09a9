// Values as integers would give them back, with gradients that pass straight through the rounding.
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { Tf } from './differentiable.js';

/** The least scale that means anything, as a plan has it. */
const leastScale = 1e-9;

export interface AffineSteps {
  readonly least: number;
  readonly greatest: number;
  readonly symmetric: boolean;
}

/** Scale and zero point of an interval, as a plan makes them of it: scalars. */
export function affineOf(
  tf: Tf,
  min: Tfjs.Tensor,
  max: Tfjs.Tensor,
  { least, greatest, symmetric }: AffineSteps,
): { readonly scale: Tfjs.Tensor; readonly zeroPoint: Tfjs.Tensor } {
  if (symmetric) {
    const scale = tf.maximum(tf.div(tf.maximum(tf.neg(min), max), greatest), leastScale);
    return { scale, zeroPoint: tf.scalar(0) };
  }
  const scale = tf.maximum(tf.div(tf.sub(max, min), greatest - least), leastScale);
  // Half up, not half to even.
  const zeroPoint = tf.clipByValue(tf.floor(tf.add(tf.sub(least, tf.div(min, scale)), 0.5)), least, greatest);
  return { scale, zeroPoint };
}

/**
 * Of any shape; `min` and `max` are scalars with min <= 0 <= max. What lies beyond the interval passes its gradient on to the
 * end of it; what lies within says by its rounding error whether steps should be wider, as learned step sizes do.
 */
export function fakeAffine(
  tf: Tf,
  value: Tfjs.Tensor,
  min: Tfjs.Tensor,
  max: Tfjs.Tensor,
  steps: AffineSteps,
): Tfjs.Tensor {
  const { least, greatest, symmetric } = steps;
  const compute = tf.customGrad((...args) => {
    const [x, low, high, save] = args as unknown as [Tfjs.Tensor, Tfjs.Tensor, Tfjs.Tensor, Tfjs.GradSaveFunc];
    const { scale, zeroPoint } = affineOf(tf, low, high, steps);
    const real = tf.add(tf.div(x, scale), zeroPoint);
    const rounded = tf.round(real);
    const integers = tf.clipByValue(rounded, least, greatest);
    save([real, low, high]);
    return {
      value: tf.mul(tf.sub(integers, zeroPoint), scale),
      gradFunc: (dy, saved) => {
        const upstream = dy;
        const [position] = saved as [Tfjs.Tensor];
        const steady = tf.round(position);
        const below = tf.cast(tf.less(steady, least), 'float32');
        const above = tf.cast(tf.greater(steady, greatest), 'float32');
        const inside = tf.sub(tf.sub(1, below), above);
        const ofScale = tf.div(
          tf.sum(tf.mul(upstream, tf.mul(inside, tf.sub(steady, position)))),
          symmetric ? greatest : greatest - least,
        );
        const [ofBelow, ofAbove] = [tf.sum(tf.mul(upstream, below)), tf.sum(tf.mul(upstream, above))];
        return [tf.mul(upstream, inside), tf.sub(ofBelow, ofScale), tf.add(ofAbove, ofScale)];
      },
    };
  });
  return compute(value, min, max);
}

/** `magnitude`: what becomes the greatest integer, of a shape that goes with the value. */
export function fakeSymmetric(tf: Tf, value: Tfjs.Tensor, magnitude: Tfjs.Tensor, greatest: number): Tfjs.Tensor {
  const compute = tf.customGrad((...args) => {
    const [x, most, save] = args as unknown as [Tfjs.Tensor, Tfjs.Tensor, Tfjs.GradSaveFunc];
    const scale = tf.maximum(tf.div(most, greatest), leastScale);
    const real = tf.div(x, scale);
    const integers = tf.clipByValue(tf.round(real), -greatest, greatest);
    save([real, most]);
    return {
      value: tf.mul(integers, scale),
      gradFunc: (dy, saved) => {
        const upstream = dy;
        const [position, size] = saved as [Tfjs.Tensor, Tfjs.Tensor];
        const steady = tf.round(position);
        const bounded = tf.clipByValue(steady, -greatest, greatest);
        const inside = tf.cast(tf.equal(steady, bounded), 'float32');
        const step = tf.sub(bounded, tf.mul(position, inside));
        return [tf.mul(upstream, inside), tf.div(summedTo(tf, tf.mul(upstream, step), size.shape), greatest)];
      },
    };
  });
  return compute(value, magnitude);
}

/** In steps of `scale`, which gets no gradient: steps of a bias are far finer than what they are added to. */
export function fakeSteps(tf: Tf, value: Tfjs.Tensor, scale: Tfjs.Tensor): Tfjs.Tensor {
  const compute = tf.customGrad((...args) => {
    const [x, step] = args as unknown as [Tfjs.Tensor, Tfjs.Tensor];
    return { value: tf.mul(tf.round(tf.div(x, step)), step), gradFunc: (dy) => [dy, tf.zeros(step.shape)] };
  });
  return compute(value, scale);
}

/** Summed over the dimensions in which `shape` is 1. */
function summedTo(tf: Tf, tensor: Tfjs.Tensor, shape: readonly number[]): Tfjs.Tensor {
  if (shape.length === 0) return tf.sum(tensor);
  const axes = shape.flatMap((size, axis) => (size === 1 && tensor.shape[axis] !== 1 ? [axis] : []));
  return tf.reshape(axes.length === 0 ? tensor : tf.sum(tensor, axes, true), [...shape]);
}
