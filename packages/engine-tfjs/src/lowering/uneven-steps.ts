// Depthwise convolutions whose steps differ between rows and columns, for kernels that take equal steps only.
import { patchGeometry, type ConvolutionAttributes, type Shape } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';

/** Around a convolution in single steps without padding: what goes in, and which of its outputs are wanted. */
export interface SingleSteps {
  readonly input: (values: Tfjs.Tensor4D) => Tfjs.Tensor4D;
  readonly output: (sums: Tfjs.Tensor4D) => Tfjs.Tensor4D;
}

export function inSingleSteps(
  tf: typeof Tfjs,
  attributes: ConvolutionAttributes,
  input: Shape,
  filter: Shape,
): SingleSteps {
  const g = patchGeometry(input, filter, attributes);
  // As many places as outputs and the steps between them.
  const height = g.outputH * g.strideH + (g.filterH - 1) * g.dilationH;
  const width = g.outputW * g.strideW + (g.filterW - 1) * g.dilationW;
  return {
    input: (values) => {
      const padded = tf.pad(values, [
        [0, 0],
        [g.top, Math.max(0, height - g.inputH - g.top)],
        [g.left, Math.max(0, width - g.inputW - g.left)],
        [0, 0],
      ]);
      return tf.slice(padded, [0, 0, 0, 0], [g.batches, height, width, g.inputChannels]);
    },
    output: (sums) => {
      const [batch, , columns, channels] = sums.shape;
      const rows = tf.reshape<Tfjs.Rank.R3>(sums, [batch * g.outputH, g.strideH, columns * channels]);
      const wanted = tf.slice(rows, [0, 0, 0], [batch * g.outputH, 1, columns * channels]);
      const pixels = tf.reshape<Tfjs.Rank.R3>(wanted, [batch * g.outputH * g.outputW, g.strideW, channels]);
      const first = tf.slice(pixels, [0, 0, 0], [batch * g.outputH * g.outputW, 1, channels]);
      return tf.reshape(first, [batch, g.outputH, g.outputW, channels]);
    },
  };
}
