// The gradient of a depthwise convolution towards its filter: for each tap what it saw times what came back, added up.
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { ComposedKernel } from './composed-kernel.js';
import { seenBy, surrounded, tapsOf, type FilterGradientAttributes } from './taps.js';

/** Of x [N, H, W, C] and dy [N, H', W', C * M]: [filterH, filterW, C, M]. */
export const depthwiseFilterGradient: ComposedKernel<'x' | 'dy', FilterGradientAttributes> = {
  name: 'DepthwiseConv2dNativeBackpropFilter',
  compute: (tf, { x, dy }, { filterShape, strides, pad }) => {
    const [, , channels, multiplier] = filterShape;
    const geometry = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, undefined, true);
    const back = tf.reshape<Tfjs.Rank.R3>(dy, [-1, channels, multiplier]);
    const around = surrounded(tf, x, geometry);
    const taps = tapsOf(geometry).map((tap) =>
      tf.sum(tf.mul(tf.reshape<Tfjs.Rank.R3>(seenBy(tf, around, tap, geometry), [-1, channels, 1]), back), 0),
    );
    return tf.reshape(tf.stack(taps), filterShape);
  },
};
