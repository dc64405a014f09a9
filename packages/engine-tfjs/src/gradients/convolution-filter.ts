// The gradient of a convolution towards its filter: for each tap the product of what it saw with what came back.
import type { ComposedKernel } from './composed-kernel.js';
import { sights, tapsOf, type FilterGradientAttributes } from './taps.js';

/** Of x [N, H, W, I] and dy [N, H', W', O]: [filterH, filterW, I, O]. */
export const convolutionFilterGradient: ComposedKernel<'x' | 'dy', FilterGradientAttributes> = {
  name: 'Conv2DBackpropFilter',
  compute: (tf, { x, dy }, { filterShape, strides, pad }) => {
    const geometry = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad);
    const rows = tf.reshape(dy, [-1, filterShape[3]]);
    const seenBy = sights(tf, x, geometry);
    const taps = tapsOf(geometry).map((tap) =>
      tf.matMul(tf.reshape(seenBy(tap), [-1, geometry.inChannels]), rows, true),
    );
    return tf.reshape(tf.stack(taps), filterShape);
  },
};
