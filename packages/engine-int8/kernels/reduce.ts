// Sums along one dimension of an int8 tensor, scaled: means and sums.
import { biasAt, headerBytes } from '../src/layout';
import { requantize } from './requantize';

/**
 * `source`: [outer, count, inner] of int8. `scaling`: one block, all of its channels alike. `output`: int8 [outer, inner] and
 * slack; what is written too much belongs to the next.
 */
export function reduce(source: usize, outer: i32, count: i32, inner: i32, scaling: usize, output: usize): void {
  const block = scaling + headerBytes;
  for (let place: i32 = 0; place < outer; place++, source += count * inner, output += inner) {
    for (let c: i32 = 0; c < inner; c += 8) {
      let lower = v128.load(block, biasAt);
      let upper = v128.load(block, biasAt + 16);
      let from = source + c;
      for (let k: i32 = 0; k < count; k++, from += inner) {
        const values = v128.load8x8_s(from);
        lower = i32x4.add(lower, i32x4.extend_low_i16x8_s(values));
        upper = i32x4.add(upper, i32x4.extend_high_i16x8_s(values));
      }
      v128.store64_lane(output + c, requantize(lower, upper, scaling, block), 0);
    }
  }
}
