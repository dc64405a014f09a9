// What training brings down: how far the scores or values are from those of the float model, or from the truth.
import type { TensorId } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { Tf } from './differentiable.js';
import type { TrainingSettings } from './training-settings.js';

/** One output, where it is judged: of scores, in front of the operator that makes probabilities of them. */
export interface Head {
  readonly id: TensorId;
  /** `softmax`: rows of scores, one decision each; `sigmoid`: scores that are decided on alone; `values`: anything else. */
  readonly kind: 'softmax' | 'sigmoid' | 'values';
  /** Scores in a row. */
  readonly classes: number;
  /** Mean square of the float model's values. */
  readonly power: number;
}

type Followed = Pick<TrainingSettings, 'temperature'>;

/** Mean over the batch, a scalar: how far `given` is from what the float model gave. */
export function distillationLoss(
  tf: Tf,
  { kind, classes, power }: Head,
  given: Tfjs.Tensor,
  followed: Tfjs.Tensor,
  { temperature }: Followed,
): Tfjs.Tensor {
  if (kind === 'values') return tf.div(tf.mean(tf.squaredDifference(given, followed)), Math.max(power, 1e-30));
  if (kind === 'sigmoid') return sigmoidLoss(tf, given, tf.sigmoid(followed));
  const [ours, theirs] = [given, followed].map((scores) => tf.div(tf.reshape(scores, [-1, classes]), temperature));
  const shares = tf.softmax(theirs!);
  // Less what the float model is unsure of itself: 0 where both are the same.
  const distance = tf.sub(logSoftmax(tf, theirs!), logSoftmax(tf, ours!));
  return tf.mul(tf.mean(tf.sum(tf.mul(shares, distance), 1)), temperature ** 2);
}

/** `truth`: shares of classes, yes and no as 1 and 0, or the values themselves. */
export function truthLoss(tf: Tf, { kind, classes, power }: Head, given: Tfjs.Tensor, truth: Tfjs.Tensor): Tfjs.Tensor {
  if (kind === 'values') return tf.div(tf.mean(tf.squaredDifference(given, truth)), Math.max(power, 1e-30));
  if (kind === 'sigmoid') return sigmoidLoss(tf, given, truth);
  const [scores, shares] = [tf.reshape(given, [-1, classes]), tf.reshape(truth, [-1, classes])];
  return tf.neg(tf.mean(tf.sum(tf.mul(shares, logSoftmax(tf, scores)), 1)));
}

function logSoftmax(tf: Tf, scores: Tfjs.Tensor): Tfjs.Tensor {
  const shifted = tf.sub(scores, tf.max(scores, 1, true));
  return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 1, true)));
}

/** max(x, 0) - x t + log(1 + exp(-|x|)), which overflows nowhere. */
function sigmoidLoss(tf: Tf, scores: Tfjs.Tensor, truth: Tfjs.Tensor): Tfjs.Tensor {
  const rest = tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(scores)))));
  return tf.mean(tf.add(tf.sub(tf.relu(scores), tf.mul(scores, truth)), rest));
}
