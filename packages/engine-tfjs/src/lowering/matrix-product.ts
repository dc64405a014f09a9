// Products of matrices that flow, on TensorFlow.js.
import { elementCount, sameShape, type NodeOf, type Shape } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { LoweringContext, Step } from './lowering.js';

/** TensorFlow.js repeats one matrix for all of the other side, or goes through both alike; other broadcasts it gets wrong. */
export function lowerBatchMatmul(
  { attributes: { adjX, adjY } }: NodeOf<'BATCH_MATMUL'>,
  { tf, inputs, outputs }: LoweringContext,
): Step | 'reference' {
  const [first, second] = [inputs[0]!.shape.slice(0, -2), inputs[1]!.shape.slice(0, -2)];
  const alike = sameShape(first, second) || elementCount(first) === 1 || elementCount(second) === 1;
  if (!alike) return 'reference';
  const stacked = (matrices: Tfjs.Tensor): Tfjs.Tensor3D =>
    tf.reshape<Tfjs.Rank.R3>(matrices, [elementCount(matrices.shape.slice(0, -2)), ...lastTwo(matrices.shape)]);
  return ([a, b]) => tf.reshape(tf.matMul(stacked(a!), stacked(b!), adjX, adjY), [...outputs[0]!.shape]);
}

function lastTwo(shape: Shape): [number, number] {
  return [shape.at(-2)!, shape.at(-1)!];
}
