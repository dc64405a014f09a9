// The inner loops of depthwise convolutions: the places of the filter that lie inside of the input, summed channel by channel.
import type { PatchGeometry } from './patches.js';

/** The places of the filter that lie inside of the input, for one output pixel at a time. */
export class Taps {
  /** Index of the input pixel's first channel, per place; valid below `count`. */
  readonly inputs: Int32Array;
  /** Index of the place's first weight. */
  readonly weights: Int32Array;
  count = 0;
  readonly #geometry: PatchGeometry;
  readonly #channels: number;

  constructor(geometry: PatchGeometry, channels: number) {
    this.#geometry = geometry;
    this.#channels = channels;
    this.inputs = new Int32Array(geometry.filterH * geometry.filterW);
    this.weights = new Int32Array(geometry.filterH * geometry.filterW);
  }

  move(batch: number, y: number, x: number): void {
    const g = this.#geometry;
    let count = 0;
    for (let fy = 0; fy < g.filterH; fy++) {
      const iy = y * g.strideH - g.top + fy * g.dilationH;
      if (iy < 0 || iy >= g.inputH) continue;
      for (let fx = 0; fx < g.filterW; fx++) {
        const ix = x * g.strideW - g.left + fx * g.dilationW;
        if (ix < 0 || ix >= g.inputW) continue;
        this.inputs[count] = ((batch * g.inputH + iy) * g.inputW + ix) * g.inputChannels;
        this.weights[count++] = (fy * g.filterW + fx) * this.#channels;
      }
    }
    this.count = count;
  }
}

/** sums[c] = the dot product of channel c; four neighbouring channels at a time where each has one filter. */
export function sumTapsInt8(
  sums: Int32Array,
  source: Int32Array,
  weights: Int8Array,
  taps: Taps,
  multiplier: number,
): void {
  const { inputs, weights: places, count } = taps;
  let c = 0;
  for (; multiplier === 1 && c + 4 <= sums.length; c += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let t = 0; t < count; t++) {
      const i = inputs[t]! + c;
      const w = places[t]! + c;
      s0 = (s0 + source[i]! * weights[w]!) | 0;
      s1 = (s1 + source[i + 1]! * weights[w + 1]!) | 0;
      s2 = (s2 + source[i + 2]! * weights[w + 2]!) | 0;
      s3 = (s3 + source[i + 3]! * weights[w + 3]!) | 0;
    }
    sums[c] = s0;
    sums[c + 1] = s1;
    sums[c + 2] = s2;
    sums[c + 3] = s3;
  }
  for (; c < sums.length; c++) {
    const inputChannel = (c / multiplier) | 0;
    let sum = 0;
    for (let t = 0; t < count; t++) sum = (sum + source[inputs[t]! + inputChannel]! * weights[places[t]! + c]!) | 0;
    sums[c] = sum;
  }
}

/** The same of int16 values: sums of 64 bits, which doubles hold exactly. */
export function sumTapsInt16(
  sums: Float64Array,
  source: Int16Array,
  weights: Int8Array,
  taps: Taps,
  multiplier: number,
): void {
  const { inputs, weights: places, count } = taps;
  let c = 0;
  for (; multiplier === 1 && c + 4 <= sums.length; c += 4) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let t = 0; t < count; t++) {
      const i = inputs[t]! + c;
      const w = places[t]! + c;
      s0 += source[i]! * weights[w]!;
      s1 += source[i + 1]! * weights[w + 1]!;
      s2 += source[i + 2]! * weights[w + 2]!;
      s3 += source[i + 3]! * weights[w + 3]!;
    }
    sums[c] = s0;
    sums[c + 1] = s1;
    sums[c + 2] = s2;
    sums[c + 3] = s3;
  }
  for (; c < sums.length; c++) {
    const inputChannel = (c / multiplier) | 0;
    let sum = 0;
    for (let t = 0; t < count; t++) sum += source[inputs[t]! + inputChannel]! * weights[places[t]! + c]!;
    sums[c] = sum;
  }
}
