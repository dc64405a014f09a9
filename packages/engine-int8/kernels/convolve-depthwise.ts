// A depthwise convolution of int16 images: eight channels at once, two taps per step.
import { biasAt, headerBytes, scalingBlockBytes, weightPairBytes } from '../src/layout';
import { requantize } from './requantize';
import { storeLanes } from './store-lanes';

/**
 * `image`: centred int16 with its padding, one channel per output channel. `taps`: byte offsets from a pixel's patch to each
 * value under the filter, an even number. `weights`: [blocks, tap pairs, 8 channels, 2]. `output`: as in `convolve`.
 */
export function convolveDepthwise(
  image: usize,
  taps: usize,
  tapPairs: i32,
  weights: usize,
  scaling: usize,
  blocks: i32,
  output: usize,
  channels: i32,
  height: i32,
  width: i32,
  rowBytes: i32,
  pixelBytes: i32,
): void {
  for (let block: i32 = 0; block < blocks; block++) {
    const lanes = min(8, channels - (block << 3));
    const blockScaling = scaling + headerBytes + block * scalingBlockBytes;
    const blockWeights = weights + block * tapPairs * weightPairBytes;
    let to = output + (block << 3);
    for (let y: i32 = 0; y < height; y++) {
      let patch = image + y * rowBytes + (block << 4);
      for (let x: i32 = 0; x < width; x++, patch += pixelBytes, to += channels) {
        storeLanes(to, convolvePixel(patch, taps, tapPairs, blockWeights, scaling, blockScaling), lanes);
      }
    }
  }
}

function convolvePixel(patch: usize, taps: usize, tapPairs: i32, weights: usize, header: usize, scaling: usize): v128 {
  let a = v128.load(scaling, biasAt);
  let b = v128.load(scaling, biasAt + 16);
  for (let pair: i32 = 0; pair < tapPairs; pair++) {
    const first = v128.load(patch + load<i32>(taps));
    const second = v128.load(patch + load<i32>(taps, 4));
    const lower = v128.shuffle<i16>(first, second, 0, 8, 1, 9, 2, 10, 3, 11);
    const upper = v128.shuffle<i16>(first, second, 4, 12, 5, 13, 6, 14, 7, 15);
    a = i32x4.add(a, i32x4.dot_i16x8_s(lower, v128.load8x8_s(weights)));
    b = i32x4.add(b, i32x4.dot_i16x8_s(upper, v128.load8x8_s(weights, 8)));
    taps += 8;
    weights += weightPairBytes;
  }
  return requantize(a, b, header, scaling);
}
