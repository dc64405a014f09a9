// The gradient of a depthwise convolution towards its filter: for each tap what it saw times what came back, added up.
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { ComposedKernel } from './composed-kernel.js';
import { sights, tapsOf, type FilterGradientAttributes } from './taps.js';

/** Of x [N, H, W, C] and dy [N, H', W', C * M]: [filterH, filterW, C, M]. */
export const depthwiseFilterGradient: ComposedKernel<'x' | 'dy', FilterGradientAttributes> = {
  name: 'DepthwiseConv2dNativeBackpropFilter',
  compute: (tf, { x, dy }, { filterShape, strides, pad }) => {
    const [, , channels, multiplier] = filterShape;
    const geometry = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, undefined, true);
    const seenBy = sights(tf, x, geometry);
    const places = dy.size / (channels * multiplier);
    // A product with ones adds up columns faster than a sum does.
    const ones = tf.ones<Tfjs.Rank.R2>([1, places]);
    const taps = tapsOf(geometry).map((tap) => {
      const seen = repeated(tf, seenBy(tap), multiplier);
      return tf.matMul(ones, tf.reshape<Tfjs.Rank.R2>(tf.mul(seen, dy), [places, channels * multiplier]));
    });
    return tf.reshape(tf.stack(taps), filterShape);
  },
};

/** [N, H, W, C] to [N, H, W, C * M], every channel as often as it has filters. */
function repeated(tf: typeof Tfjs, seen: Tfjs.Tensor4D, multiplier: number): Tfjs.Tensor4D {
  if (multiplier === 1) return seen;
  const [batch, height, width, channels] = seen.shape;
  const columns = tf.reshape<Tfjs.Rank.R2>(seen, [seen.size, 1]);
  return tf.reshape(tf.tile(columns, [1, multiplier]), [batch, height, width, channels * multiplier]);
}
