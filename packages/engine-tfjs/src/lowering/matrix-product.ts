// Products of matrices on TensorFlow.js: fully connected layers, and matrices that flow.
import { elementCount, sameShape, type NodeOf, type Shape } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { activate, fusedName } from './activation.js';
import { prepareOnce } from './convolution.js';
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

export function lowerFullyConnected(node: NodeOf<'FULLY_CONNECTED'>, context: LoweringContext): Step {
  const { tf } = context;
  const fused = fusedName(node.attributes.activation);
  const depth = context.inputs[1]!.shape[1]!;
  const shape = [...context.outputs[0]!.shape];
  // Transposed in advance rather than by `transposeB`: with it the wasm kernel of 4.22 adds a fused bias twice.
  const weightsOf = prepareOnce(context, (weights) => tf.transpose(weights));
  return ([input, weights, bias]) => {
    const rows = tf.reshape<Tfjs.Rank.R2>(input!, [-1, depth]);
    const activation = fused === undefined ? {} : { activation: fused };
    const product = tf.fused.matMul({
      a: rows,
      b: weightsOf(weights!),
      ...(bias === undefined ? {} : { bias }),
      ...activation,
    });
    return tf.reshape(fused === undefined ? activate(tf, product, node.attributes.activation) : product, shape);
  };
}
