// What the taps of a sliding window see of its input, and the way back: what gradients of convolutions and pools are sums over.
import type * as Tfjs from '@tensorflow/tfjs-core';
import { spread } from '../spread.js';

/** As the gradient kernels of convolutions are given them. */
export interface SlidingAttributes {
  readonly strides: [number, number] | number;
  readonly pad: 'same' | 'valid' | number | Tfjs.backend_util.ExplicitPadding;
}

export interface FilterGradientAttributes extends SlidingAttributes {
  readonly filterShape: [number, number, number, number];
}

/** Without dilation: nothing that has one is lowered where gradients are taken. */
export type Geometry = Tfjs.backend_util.Conv2DInfo;

interface Tap {
  readonly row: number;
  readonly column: number;
}

/** Rows first. */
export function tapsOf({ filterHeight, filterWidth }: Geometry): readonly Tap[] {
  return Array.from({ length: filterHeight * filterWidth }, (_, position) => ({
    row: Math.floor(position / filterWidth),
    column: position % filterWidth,
  }));
}

/** The input [N, H, W, C] with all that a window reaches around it. */
export function surrounded(tf: typeof Tfjs, input: Tfjs.Tensor4D, g: Geometry, value = 0): Tfjs.Tensor4D {
  const [top, bottom, left, right] = margins(g);
  if (top + bottom + left + right === 0) return input;
  const pairs: [number, number][] = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return tf.pad(input, pairs, value);
}

/** What a tap sees at each place of the output: [N, H', W', C]. */
export function seenBy(tf: typeof Tfjs, around: Tfjs.Tensor4D, { row, column }: Tap, g: Geometry): Tfjs.Tensor4D {
  const end = [g.batchSize, row + reach(g)[0], column + reach(g)[1], g.inChannels];
  if (g.strideHeight === 1 && g.strideWidth === 1) {
    return tf.slice(around, [0, row, column, 0], [g.batchSize, g.outHeight, g.outWidth, g.inChannels]);
  }
  return tf.stridedSlice(around, [0, row, column, 0], end, [1, g.strideHeight, g.strideWidth, 1]) as Tfjs.Tensor4D;
}

/** Puts what came back to a tap where it had looked, among zeros: the shape of what `surrounded` gives. */
export function putBack(tf: typeof Tfjs, back: Tfjs.Tensor4D, { row, column }: Tap, g: Geometry): Tfjs.Tensor4D {
  const [top, bottom, left, right] = margins(g);
  return tf.pad(withSteps(tf, back, g), [
    [0, 0],
    [row, top + g.inHeight + bottom - row - reach(g)[0]],
    [column, left + g.inWidth + right - column - reach(g)[1]],
    [0, 0],
  ]);
}

/** Undoes `surrounded`. */
export function within(tf: typeof Tfjs, around: Tfjs.Tensor4D, g: Geometry): Tfjs.Tensor4D {
  const [top, , left] = margins(g);
  return tf.slice(around, [0, top, left, 0], [g.batchSize, g.inHeight, g.inWidth, around.shape[3]]);
}

/** Zeros between the rows and columns of [N, H', W', C], as many as the steps leave out. */
export function withSteps(tf: typeof Tfjs, back: Tfjs.Tensor4D, g: Geometry): Tfjs.Tensor4D {
  if (g.strideHeight === 1 && g.strideWidth === 1) return back;
  const [batch, height, width, channels] = back.shape;
  const columns = spread(tf, tf.reshape<Tfjs.Rank.R3>(back, [batch * height, width, channels]), g.strideWidth);
  const reachW = columns.shape[1];
  const rows = spread(tf, tf.reshape<Tfjs.Rank.R3>(columns, [batch, height, reachW * channels]), g.strideHeight);
  return tf.reshape(rows, [batch, rows.shape[1], reachW, channels]);
}

/** From the first place of a tap to its last. */
function reach(g: Geometry): readonly [number, number] {
  return [(g.outHeight - 1) * g.strideHeight + 1, (g.outWidth - 1) * g.strideWidth + 1];
}

function margins(g: Geometry): readonly [top: number, bottom: number, left: number, right: number] {
  const { top, left } = g.padInfo;
  const [reachH, reachW] = reach(g);
  return [
    top,
    Math.max(0, reachH + g.filterHeight - 1 - g.inHeight - top),
    left,
    Math.max(0, reachW + g.filterWidth - 1 - g.inWidth - left),
  ];
}
