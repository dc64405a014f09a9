// Entries put apart by zeros: dilated filters, and what comes back through a convolution with steps.
import type * as Tfjs from '@tensorflow/tfjs-core';

/** [outer, count, inner] to [outer, (count - 1) * step + 1, inner]. Of operators that have gradients, on every backend. */
export function spread(tf: typeof Tfjs, entries: Tfjs.Tensor3D, step: number): Tfjs.Tensor3D {
  if (step === 1) return entries;
  const [outer, count, inner] = entries.shape;
  const apart = tf.pad(tf.reshape<Tfjs.Rank.R3>(entries, [outer * count, 1, inner]), [
    [0, 0],
    [0, step - 1],
    [0, 0],
  ]);
  const all = tf.reshape<Tfjs.Rank.R3>(apart, [outer, count * step, inner]);
  return tf.slice(all, [0, 0, 0], [outer, (count - 1) * step + 1, inner]);
}
