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

export interface InputGradientAttributes extends SlidingAttributes {
  readonly inputShape: [number, number, number, number];
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

/**
 * What each tap sees of an input [N, H, W, C] at each place of the output: [N, H', W', C]. In slices of whole rows: slices of
 * the backend with steps, and of single pixels, take most of the time otherwise.
 */
export function sights(tf: typeof Tfjs, input: Tfjs.Tensor4D, g: Geometry, value = 0): (tap: Tap) => Tfjs.Tensor4D {
  const around = surrounded(tf, input, g, value);
  const phases = phasesOf(tf, around, g);
  return ({ row, column }) => {
    const phase = phases[(row % g.strideHeight) * g.strideWidth + (column % g.strideWidth)]!;
    const [batch, height, width, channels] = phase.shape;
    const [top, left] = [Math.floor(row / g.strideHeight), Math.floor(column / g.strideWidth)];
    const rows = tf.reshape<Tfjs.Rank.R3>(phase, [batch, height, width * channels]);
    const seen = tf.slice(rows, [0, top, left * channels], [batch, g.outHeight, g.outWidth * channels]);
    return tf.reshape(seen, [batch, g.outHeight, g.outWidth, channels]);
  };
}

/** The rows and columns that are whole steps apart, a tensor for each place to begin at. */
function phasesOf(tf: typeof Tfjs, around: Tfjs.Tensor4D, g: Geometry): readonly Tfjs.Tensor4D[] {
  const [strideH, strideW] = [g.strideHeight, g.strideWidth];
  if (strideH === 1 && strideW === 1) return [around];
  const [batch, , , channels] = around.shape;
  const [height, width] = [around.shape[1] / strideH, around.shape[2] / strideW];
  const rows = tf.reshape<Tfjs.Rank.R3>(around, [batch * height, strideH, width * strideW * channels]);
  return tf.split(rows, strideH, 1).flatMap((part) => {
    const columns = tf.transpose(tf.reshape(part, [batch * height * width, strideW, channels]), [1, 0, 2]);
    return tf.split(columns, strideW, 0).map((one) => tf.reshape<Tfjs.Rank.R4>(one, [batch, height, width, channels]));
  });
}

/** The input with all that a window reaches around it, to whole steps. */
function surrounded(tf: typeof Tfjs, input: Tfjs.Tensor4D, g: Geometry, value: number): Tfjs.Tensor4D {
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

/** Puts what came back to a tap where it had looked, among zeros: the input's shape with all that a window reaches. */
export function putBack(tf: typeof Tfjs, back: Tfjs.Tensor4D, { row, column }: Tap, g: Geometry): Tfjs.Tensor4D {
  const [top, bottom, left, right] = margins(g);
  return tf.pad(withSteps(tf, back, g), [
    [0, 0],
    [row, top + g.inHeight + bottom - row - reach(g)[0]],
    [column, left + g.inWidth + right - column - reach(g)[1]],
    [0, 0],
  ]);
}

/** The input's own part of that. */
export function within(tf: typeof Tfjs, around: Tfjs.Tensor4D, g: Geometry): Tfjs.Tensor4D {
  const [top, , left] = margins(g);
  return tf.slice(around, [0, top, left, 0], [g.batchSize, g.inHeight, g.inWidth, around.shape[3]]);
}

/** What came back, [N, H', W', C], with zeros wherever else a tap may have looked from: one place for each input and tap. */
export function reachable(tf: typeof Tfjs, back: Tfjs.Tensor4D, g: Geometry): Tfjs.Tensor4D {
  const apart = withSteps(tf, back, g);
  const { top, left } = g.padInfo;
  const pairs: [number, number][] = [
    [0, 0],
    [g.filterHeight - 1 - top, g.inHeight + top - apart.shape[1]],
    [g.filterWidth - 1 - left, g.inWidth + left - apart.shape[2]],
    [0, 0],
  ];
  return pairs.every(([before, behind]) => before === 0 && behind === 0) ? apart : tf.pad(apart, pairs);
}

/** Zeros between the rows and columns of [N, H', W', C], as many as the steps leave out. */
function withSteps(tf: typeof Tfjs, back: Tfjs.Tensor4D, g: Geometry): Tfjs.Tensor4D {
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

/** What is around the input so that every window has its place, in whole steps. */
function margins(g: Geometry): readonly [top: number, bottom: number, left: number, right: number] {
  const { top, left } = g.padInfo;
  const [reachH, reachW] = reach(g);
  return [
    top,
    behind(top + g.inHeight, reachH + g.filterHeight - 1, g.strideHeight),
    left,
    behind(left + g.inWidth, reachW + g.filterWidth - 1, g.strideWidth),
  ];
}

function behind(there: number, needed: number, stride: number): number {
  return Math.ceil(Math.max(there, needed) / stride) * stride - there;
}
