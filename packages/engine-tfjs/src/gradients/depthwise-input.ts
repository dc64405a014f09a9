// The gradient of a depthwise convolution towards its input: a convolution of what came back with the filter turned around.
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { ComposedKernel } from './composed-kernel.js';
import { reachable, type Geometry, type InputGradientAttributes } from './taps.js';

/** Of dy [N, H', W', C * M] and filter [filterH, filterW, C, M]: [N, H, W, C]. */
export const depthwiseInputGradient: ComposedKernel<'dy' | 'filter', InputGradientAttributes> = {
  name: 'DepthwiseConv2dNativeBackpropInput',
  compute: (tf, { dy, filter }, { inputShape, strides, pad }) => {
    const geometry = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, 1, pad, undefined, true);
    return channelsTurnedAround(tf, dy, filter, geometry);
  },
};

export function channelsTurnedAround(
  tf: typeof Tfjs,
  dy: Tfjs.Tensor4D,
  filter: Tfjs.Tensor4D,
  g: Geometry,
): Tfjs.Tensor4D {
  const [filterH, filterW, channels, multiplier] = filter.shape;
  const turned = tf.reshape<Tfjs.Rank.R4>(tf.reverse(filter, [0, 1]), [filterH, filterW, channels * multiplier, 1]);
  const all = tf.depthwiseConv2d(reachable(tf, dy, g), turned, 1, 'valid');
  if (multiplier === 1) return all;
  return tf.sum(tf.reshape(all, [g.batchSize, g.inHeight, g.inWidth, channels, multiplier]), 4);
}
