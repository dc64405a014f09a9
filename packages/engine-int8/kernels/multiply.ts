// One vector times a matrix: a dense layer, or a convolution with one output pixel of one tap.
import { biasAt, headerBytes, scalingBlockBytes, weightPairBytes } from '../src/layout';
import { requantize } from './requantize';

/** `vector`: centred int16, `pairs` pairs. `weights`: [blocks, pairs, 8 channels, 2]. `output`: int8 [8 blocks]. */
export function multiply(vector: usize, pairs: i32, weights: usize, scaling: usize, blocks: i32, output: usize): void {
  for (let block: i32 = 0; block < blocks; block++) {
    const blockScaling = scaling + headerBytes + block * scalingBlockBytes;
    let a = v128.load(blockScaling, biasAt);
    let b = v128.load(blockScaling, biasAt + 16);
    let from = vector;
    for (let pair: i32 = 0; pair < pairs; pair++) {
      const value = v128.load32_splat(from);
      a = i32x4.add(a, i32x4.dot_i16x8_s(value, v128.load8x8_s(weights)));
      b = i32x4.add(b, i32x4.dot_i16x8_s(value, v128.load8x8_s(weights, 8)));
      from += 4;
      weights += weightPairBytes;
    }
    v128.store64_lane(output + (block << 3), requantize(a, b, scaling, blockScaling), 0);
  }
}
