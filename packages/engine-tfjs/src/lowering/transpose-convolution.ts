// Transposed convolutions on TensorFlow.js.
import { slidingWindow, type NodeOf } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';
import { activate } from './activation.js';
import { prepareOnce } from './convolution.js';
import type { LoweringContext, Step } from './lowering.js';

export function lowerTransposeConv(
  { attributes }: NodeOf<'TRANSPOSE_CONV'>,
  context: LoweringContext,
): Step | 'reference' {
  const { tf, inputs, outputs } = context;
  const { padding, strideH, strideW } = attributes;
  const [, filter, input] = inputs;
  const shape = outputs[0]!.shape as [number, number, number, number];
  const fits = ([1, 2] as const).every((d) => {
    const stride = d === 1 ? strideH : strideW;
    const size = slidingWindow(shape[d], filter!.shape[d]!, stride, 1, padding).outputSize;
    // TensorFlow.js takes no output that does not come down to the input, and pads less than nothing otherwise.
    return size === input!.shape[d] && stride <= filter!.shape[d]!;
  });
  if (!fits) return 'reference';
  // OHWI to TensorFlow's HWOI.
  const filterOf = prepareOnce(context, (weights) => tf.transpose(weights, [1, 2, 0, 3]) as Tfjs.Tensor4D);
  const pad = padding === 'SAME' ? 'same' : 'valid';
  return ([, weights, values, bias]) => {
    const sums = tf.conv2dTranspose(values as Tfjs.Tensor4D, filterOf(weights!), shape, [strideH, strideW], pad);
    return activate(tf, bias === undefined ? sums : tf.add(sums, bias), attributes.activation);
  };
}
