// A convolution of int16 images: four pixels by eight channels at once, so that each value loaded is multiplied many times.
import { biasAt, headerBytes, scalingBlockBytes, weightPairBytes } from '../src/layout';
import { requantize } from './requantize';
import { storeLanes } from './store-lanes';

/**
 * `image`: centred int16 with its padding; what a group reads is `groupBytes` behind what the one before reads. `taps`: byte
 * offsets from a pixel's patch to each run of `tapPairs` pairs of values in it. `filters`: of a group. `weights`: [groups,
 * blocks, taps, tapPairs, 8 filters, 2], and blocks of `scaling` accordingly. `output`: int8 [height, width, groups, filters].
 */
export function convolve(
  image: usize,
  taps: usize,
  tapCount: i32,
  tapPairs: i32,
  weights: usize,
  scaling: usize,
  groups: i32,
  groupBytes: i32,
  filters: i32,
  output: usize,
  height: i32,
  width: i32,
  rowBytes: i32,
  pixelBytes: i32,
): void {
  const blockBytes = tapCount * tapPairs * weightPairBytes;
  const channels = groups * filters;
  let blockScaling = scaling + headerBytes;
  for (let group: i32 = 0; group < groups; group++, image += groupBytes, output += filters) {
    for (let first: i32 = 0; first < filters; first += 8) {
      const lanes = min(8, filters - first);
      let to = output + first;
      for (let y: i32 = 0; y < height; y++, to += width * channels) {
        const row = image + y * rowBytes;
        for (let x: i32 = 0; x < width; x += 4) {
          convolveFour(
            row,
            x,
            width - 1,
            pixelBytes,
            taps,
            tapCount,
            tapPairs,
            weights,
            scaling,
            blockScaling,
            to,
            channels,
            lanes,
          );
        }
      }
      weights += blockBytes;
      blockScaling += scalingBlockBytes;
    }
  }
}

/** Pixels `x` to `x` + 3 of a row; those behind its `last` one are that one again. */
function convolveFour(
  row: usize,
  x: i32,
  last: i32,
  pixelBytes: i32,
  taps: usize,
  tapCount: i32,
  tapPairs: i32,
  weights: usize,
  header: usize,
  scaling: usize,
  output: usize,
  channels: i32,
  lanes: i32,
): void {
  const x1 = min(x + 1, last);
  const x2 = min(x + 2, last);
  const x3 = min(x + 3, last);
  let a0 = v128.load(scaling, biasAt);
  let b0 = v128.load(scaling, biasAt + 16);
  let a1 = a0,
    b1 = b0,
    a2 = a0,
    b2 = b0,
    a3 = a0,
    b3 = b0;
  for (let tap: i32 = 0; tap < tapCount; tap++) {
    const patch = row + load<i32>(taps + (tap << 2));
    let p0 = patch + x * pixelBytes;
    let p1 = patch + x1 * pixelBytes;
    let p2 = patch + x2 * pixelBytes;
    let p3 = patch + x3 * pixelBytes;
    for (let pair: i32 = 0; pair < tapPairs; pair++) {
      const lower = v128.load8x8_s(weights);
      const upper = v128.load8x8_s(weights, 8);
      const v0 = v128.load32_splat(p0);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(v0, lower));
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(v0, upper));
      const v1 = v128.load32_splat(p1);
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(v1, lower));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(v1, upper));
      const v2 = v128.load32_splat(p2);
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(v2, lower));
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(v2, upper));
      const v3 = v128.load32_splat(p3);
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(v3, lower));
      b3 = i32x4.add(b3, i32x4.dot_i16x8_s(v3, upper));
      weights += weightPairBytes;
      p0 += 4;
      p1 += 4;
      p2 += 4;
      p3 += 4;
    }
  }
  storeLanes(output + x * channels, requantize(a0, b0, header, scaling), lanes);
  storeLanes(output + x1 * channels, requantize(a1, b1, header, scaling), lanes);
  storeLanes(output + x2 * channels, requantize(a2, b2, header, scaling), lanes);
  storeLanes(output + x3 * channels, requantize(a3, b3, header, scaling), lanes);
}
