// Operators that move values without changing them on TensorFlow.js.
import type { NodeOf } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { constantValues, type LoweringContext, type Step } from './lowering.js';

/** Whatever keeps the order of the elements: the output's shape is all there is to it. */
export function lowerToShape(_: unknown, { tf, outputs }: LoweringContext): Step {
  const shape = [...outputs[0]!.shape];
  return ([input]) => tf.reshape(input!, shape);
}

export function lowerTranspose(_: unknown, context: LoweringContext): Step {
  const order = constantValues(context, 1)!;
  return ([input]) => context.tf.transpose(input!, order);
}

export function lowerPad(_: unknown, context: LoweringContext): Step | 'reference' {
  const paddings = constantValues(context, 1)!;
  const pairs = context.inputs[0]!.shape.map((_size, d): [number, number] => [paddings[2 * d]!, paddings[2 * d + 1]!]);
  return pairs.length > 4 ? 'reference' : ([input]) => context.tf.pad(input!, pairs);
}

export function lowerConcatenation({ attributes: { axis } }: NodeOf<'CONCATENATION'>, { tf }: LoweringContext): Step {
  return (inputs) => tf.concat(inputs as Tfjs.Tensor[], axis);
}

export function lowerPack({ attributes: { axis } }: NodeOf<'PACK'>, { tf }: LoweringContext): Step {
  return (inputs) => tf.stack(inputs as Tfjs.Tensor[], axis);
}

export function lowerSlice(_: unknown, context: LoweringContext): Step | 'reference' {
  const begin = constantValues(context, 1)!;
  const size = [...context.outputs[0]!.shape];
  return begin.length > 4 ? 'reference' : ([input]) => context.tf.slice(input!, begin, size);
}

export function lowerSplit({ attributes: { count } }: NodeOf<'SPLIT'>, context: LoweringContext): Step {
  const [axis] = constantValues(context, 0)!;
  // TensorFlow.js has no gradient of a split into one.
  if (count === 1) return ([, input]) => [input!.clone()];
  return ([, input]) => context.tf.split(input!, count, axis);
}

export function lowerUnpack({ attributes: { axis, count } }: NodeOf<'UNPACK'>, { tf, outputs }: LoweringContext): Step {
  // TensorFlow.js has no gradient of taking one apart.
  if (count === 1) return ([input]) => [tf.reshape(input!, [...outputs[0]!.shape])];
  return ([input]) => tf.unstack(input!, axis);
}
