// Dilated filters as larger ones with zeros between the taps.
import type * as Tfjs from '@tensorflow/tfjs-core';
import { spread } from '../spread.js';

/** [H, W, I, O] to [(H - 1) * dilationH + 1, (W - 1) * dilationW + 1, I, O]: an undilated convolution with it is the dilated one. */
export function spreadTaps(
  tf: typeof Tfjs,
  filter: Tfjs.Tensor4D,
  [dilationH, dilationW]: readonly [number, number],
): Tfjs.Tensor4D {
  const [height, width, channels, filters] = filter.shape;
  const rows = spread(tf, tf.reshape<Tfjs.Rank.R3>(filter, [1, height, width * channels * filters]), dilationH);
  const taps = spread(tf, tf.reshape<Tfjs.Rank.R3>(rows, [rows.shape[1], width, channels * filters]), dilationW);
  return tf.reshape(taps, [taps.shape[0], taps.shape[1], channels, filters]);
}
