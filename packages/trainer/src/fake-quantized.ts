// Puts fake quantization on every edge of a graph that has a format.
import type { TensorId } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { Tf } from './differentiable.js';
import { affineOf, fakeAffine, fakeSteps, fakeSymmetric } from './fake-quantize.js';
import type { ActivationFormat, GraphFormats } from './formats.js';
import type { Trainables } from './trainables.js';

/** Told of every activation in front of its quantization. */
export type Watch = (format: ActivationFormat, value: Tfjs.Tensor) => void;

/** For one run, within which it may be asked of many tensors: what a `DifferentiableGraph` takes as `at`. */
export function fakeQuantized(
  tf: Tf,
  formats: GraphFormats,
  trainables: Trainables,
  watch: Watch = () => undefined,
): (id: TensorId, tensor: Tfjs.Tensor) => Tfjs.Tensor {
  const scaleOf = (id: TensorId): Tfjs.Tensor => {
    const format = formats.activations.get(id)!;
    return format.fixed === undefined
      ? affineOf(tf, ...trainables.ends(format.group), format).scale
      : tf.scalar(format.fixed.scale);
  };
  const activation = (format: ActivationFormat, tensor: Tfjs.Tensor): Tfjs.Tensor => {
    watch(format, tensor);
    const { fixed, least, greatest } = format;
    if (fixed === undefined) return fakeAffine(tf, tensor, ...trainables.ends(format.group), format);
    const end = (integer: number): Tfjs.Tensor => tf.scalar((integer - fixed.zeroPoint) * fixed.scale);
    // Symmetric ones reach as far down as up: the least integer would make their scale another one.
    return fakeAffine(tf, tensor, end(format.symmetric ? -greatest : least), end(greatest), format);
  };
  return (id, tensor) => {
    const weights = formats.weights.get(id);
    if (weights !== undefined) return fakeSymmetric(tf, tensor, trainables.magnitude(id), weights.greatest);
    const bias = formats.biases.get(id);
    if (bias !== undefined) {
      const own = formats.weights.get(bias.weights)!;
      const steps = tf.div(tf.reshape(trainables.magnitude(bias.weights), [-1]), own.greatest);
      return fakeSteps(tf, tensor, tf.mul(steps, scaleOf(bias.input)));
    }
    const format = formats.activations.get(id);
    return format === undefined ? tensor : activation(format, tensor);
  };
}
