// The gradient of a depthwise convolution towards its input: a convolution of what came back with the filter turned around.
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { ComposedKernel } from './composed-kernel.js';
import { withSteps, type Geometry, type SlidingAttributes } from './taps.js';

interface InputGradientAttributes extends SlidingAttributes {
  readonly inputShape: [number, number, number, number];
}

/** Of dy [N, H', W', C * M] and filter [filterH, filterW, C, M]: [N, H, W, C]. */
export const depthwiseInputGradient: ComposedKernel<'dy' | 'filter', InputGradientAttributes> = {
  name: 'DepthwiseConv2dNativeBackpropInput',
  compute: (tf, { dy, filter }, { inputShape, strides, pad }) => {
    const geometry = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, 1, pad, undefined, true);
    return turnedAround(tf, dy, filter, geometry);
  },
};

export function turnedAround(tf: typeof Tfjs, dy: Tfjs.Tensor4D, filter: Tfjs.Tensor4D, g: Geometry): Tfjs.Tensor4D {
  const [filterH, filterW, channels, multiplier] = filter.shape;
  const apart = withSteps(tf, dy, g);
  const padded = tf.pad(apart, [
    [0, 0],
    around(filterH, g.padInfo.top, g.inHeight, apart.shape[1]),
    around(filterW, g.padInfo.left, g.inWidth, apart.shape[2]),
    [0, 0],
  ]);
  const turned = tf.reshape<Tfjs.Rank.R4>(tf.reverse(filter, [0, 1]), [filterH, filterW, channels * multiplier, 1]);
  const all = tf.depthwiseConv2d(padded, turned, 1, 'valid');
  if (multiplier === 1) return all;
  return tf.sum(tf.reshape(all, [g.batchSize, g.inHeight, g.inWidth, channels, multiplier]), 4);
}

/** Every window that sees an input has its place: `size + filter - 1` of them, of which `there` are not zeros. */
function around(filter: number, padding: number, size: number, there: number): [number, number] {
  return [filter - 1 - padding, size + padding - there];
}
