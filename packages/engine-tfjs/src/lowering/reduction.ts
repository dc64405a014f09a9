// Pools and means on TensorFlow.js.
import type { NodeOf } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { activate } from './activation.js';
import { constantValues, type LoweringContext, type Step } from './lowering.js';

type PoolNode = NodeOf<'AVERAGE_POOL_2D'> | NodeOf<'MAX_POOL_2D'>;
type Pool = (
  x: Tfjs.Tensor4D,
  filter: [number, number],
  strides: [number, number],
  pad: 'same' | 'valid',
) => Tfjs.Tensor;

function lowerPool({ attributes: a }: PoolNode, { tf }: LoweringContext, pool: Pool): Step {
  const pad = a.padding === 'SAME' ? 'same' : 'valid';
  return ([input]) =>
    activate(tf, pool(input as Tfjs.Tensor4D, [a.filterH, a.filterW], [a.strideH, a.strideW], pad), a.activation);
}

export function lowerAveragePool(node: NodeOf<'AVERAGE_POOL_2D'>, context: LoweringContext): Step {
  return lowerPool(node, context, (...call) => context.tf.avgPool(...call));
}

export function lowerMaxPool(node: NodeOf<'MAX_POOL_2D'>, context: LoweringContext): Step {
  return lowerPool(node, context, (...call) => context.tf.maxPool(...call));
}

export function lowerMean(node: NodeOf<'MEAN'>, context: LoweringContext): Step {
  const axes = constantValues(context, 1)!;
  return ([input]) => context.tf.mean(input!, axes, node.attributes.keepDims);
}

export function lowerSum(node: NodeOf<'SUM'>, context: LoweringContext): Step {
  const axes = constantValues(context, 1)!;
  return ([input]) => context.tf.sum(input!, axes, node.attributes.keepDims);
}
