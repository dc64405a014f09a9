// The sum of two int8 tensors: each value is looked up in its operand's table of 256 scaled terms.
import { headerBytes } from '../src/layout';
import { requantize } from './requantize';

/** Terms of values `at` to `at` + 3. The tables are indexed by value + 128. */
function sumFour(first: usize, second: usize, firstTerms: usize, secondTerms: usize, at: i32): v128 {
  let sums = i32x4.splat(term(first, firstTerms, at) + term(second, secondTerms, at));
  sums = i32x4.replace_lane(sums, 1, term(first, firstTerms, at + 1) + term(second, secondTerms, at + 1));
  sums = i32x4.replace_lane(sums, 2, term(first, firstTerms, at + 2) + term(second, secondTerms, at + 2));
  return i32x4.replace_lane(sums, 3, term(first, firstTerms, at + 3) + term(second, secondTerms, at + 3));
}

function term(values: usize, terms: usize, at: i32): i32 {
  return load<i32>(terms + ((<i32>load<i8>(values + at) + 128) << 2));
}

/** `scaling`: one block, all of its channels alike and without bias. All buffers have slack. */
export function add(
  first: usize,
  second: usize,
  firstTerms: usize,
  secondTerms: usize,
  count: i32,
  scaling: usize,
  output: usize,
): void {
  for (let at: i32 = 0; at < count; at += 8) {
    const lower = sumFour(first, second, firstTerms, secondTerms, at);
    const upper = sumFour(first, second, firstTerms, secondTerms, at + 4);
    v128.store64_lane(output + at, requantize(lower, upper, scaling, scaling + headerBytes), 0);
  }
}
