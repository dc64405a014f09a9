// Products of matrices that flow, on TensorFlow.js.
import { elementCount, sameShape, type NodeOf, type Shape } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { LoweringContext, Step } from './lowering.js';

/**
 * TensorFlow.js repeats one matrix for all of the other side, or goes through both alike; other broadcasts it gets wrong, and
 * of the one that is repeated it has no gradient: zeros of the right shape make it many, and add back up.
 */
export function lowerBatchMatmul(
  { attributes: { adjX, adjY } }: NodeOf<'BATCH_MATMUL'>,
  { tf, inputs, outputs, differentiable }: LoweringContext,
): Step | 'reference' {
  const [first, second] = [inputs[0]!.shape.slice(0, -2), inputs[1]!.shape.slice(0, -2)];
  const counts = [elementCount(first), elementCount(second)];
  if (!sameShape(first, second) && !counts.includes(1)) return 'reference';
  const count = Math.max(...counts);
  const stacked = (matrices: Tfjs.Tensor): Tfjs.Tensor3D => {
    const [rows, columns] = lastTwo(matrices.shape);
    const own = elementCount(matrices.shape.slice(0, -2));
    const all = tf.reshape<Tfjs.Rank.R3>(matrices, [own, rows, columns]);
    return differentiable && own < count ? tf.add(all, tf.zeros([count, rows, columns])) : all;
  };
  return ([a, b]) => tf.reshape(tf.matMul(stacked(a!), stacked(b!), adjX, adjY), [...outputs[0]!.shape]);
}

function lastTwo(shape: Shape): [number, number] {
  return [shape.at(-2)!, shape.at(-1)!];
}
