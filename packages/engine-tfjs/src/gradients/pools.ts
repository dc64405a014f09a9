// The gradients of pools.
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { ComposedKernel } from './composed-kernel.js';
import { channelsTurnedAround } from './depthwise-input.js';
import { putBack, sights, tapsOf, within, type Geometry, type SlidingAttributes } from './taps.js';

interface PoolAttributes extends SlidingAttributes {
  readonly filterSize: [number, number] | number;
}

function geometryOf(tf: typeof Tfjs, input: Tfjs.Tensor4D, { filterSize, strides, pad }: PoolAttributes): Geometry {
  return tf.backend_util.computePool2DInfo(input.shape, filterSize, strides, 1, pad);
}

/** Each window gives to those that it was the mean of: the kernel of 4.22 divides by what is padded as well. */
export const averagePoolGradient: ComposedKernel<'dy' | 'input', PoolAttributes> = {
  name: 'AvgPoolGrad',
  compute: (tf, { dy, input }, attributes) => {
    const g = geometryOf(tf, input, attributes);
    const ones = tf.ones<Tfjs.Rank.R4>([1, g.inHeight, g.inWidth, 1]);
    const filter = tf.ones<Tfjs.Rank.R4>([g.filterHeight, g.filterWidth, 1, 1]);
    const { padInfo: p } = g;
    const around = tf.pad(ones, [
      [0, 0],
      [p.top, p.bottom],
      [p.left, p.right],
      [0, 0],
    ]);
    const counts = tf.conv2d(around, filter, [g.strideHeight, g.strideWidth], 'valid');
    const all = tf.tile(filter, [1, 1, g.inChannels, 1]);
    return channelsTurnedAround(tf, tf.div(dy, counts), all, g);
  },
};

/** Each window gives to the first of its greatest: the kernel of 4.22 finds none where all are negative. */
export const maxPoolGradient: ComposedKernel<'dy' | 'input' | 'output', PoolAttributes> = {
  name: 'MaxPoolGrad',
  compute: (tf, { dy, input, output }, attributes) => {
    const g = geometryOf(tf, input, attributes);
    const seenBy = sights(tf, input, g, -Infinity);
    let open: Tfjs.Tensor4D = tf.onesLike(dy);
    let sum: Tfjs.Tensor4D | undefined;
    for (const tap of tapsOf(g)) {
      const first: Tfjs.Tensor4D = tf.mul(open, tf.cast(tf.equal(seenBy(tap), output), 'float32'));
      open = tf.sub(open, first);
      const back = putBack(tf, tf.mul(dy, first), tap, g);
      sum = sum === undefined ? back : tf.add<Tfjs.Tensor4D>(sum, back);
    }
    return within(tf, sum!, g);
  },
};
