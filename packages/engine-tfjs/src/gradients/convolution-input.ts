// The gradient of a convolution towards its input: a convolution of what came back with the filter turned around.
import type * as Tfjs from '@tensorflow/tfjs-core';
import type { ComposedKernel } from './composed-kernel.js';
import { reachable, type InputGradientAttributes } from './taps.js';

/** Of dy [N, H', W', O] and filter [filterH, filterW, I, O]: [N, H, W, I]. The backend's own is plain loops, 20 times slower. */
export const convolutionInputGradient: ComposedKernel<'dy' | 'filter', InputGradientAttributes> = {
  name: 'Conv2DBackpropInput',
  compute: (tf, { dy, filter }, { inputShape, strides, pad }) => {
    const geometry = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, 1, pad);
    const turned = tf.transpose<Tfjs.Tensor4D>(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
    return tf.conv2d(reachable(tf, dy, geometry), turned, 1, 'valid');
  },
};
