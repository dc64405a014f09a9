// The sum of two int8 tensors: each value is looked up in its operand's table of 256 scaled terms.
import { headerBytes } from '../src/layout';
import { requantize } from './requantize';
import { begin, first, next, second } from './walk';

function term(value: usize, terms: usize): i32 {
  return load<i32>(terms + ((<i32>load<i8>(value) + 128) << 2));
}

/** The sums of four values from both addresses on. The tables are indexed by value + 128. */
function sumFour(a: usize, b: usize, aStep: i32, bStep: i32, aTerms: usize, bTerms: usize): v128 {
  let sums = i32x4.splat(term(a, aTerms) + term(b, bTerms));
  sums = i32x4.replace_lane(sums, 1, term(a + aStep, aTerms) + term(b + bStep, bTerms));
  sums = i32x4.replace_lane(sums, 2, term(a + 2 * aStep, aTerms) + term(b + 2 * bStep, bTerms));
  return i32x4.replace_lane(sums, 3, term(a + 3 * aStep, aTerms) + term(b + 3 * bStep, bTerms));
}

/**
 * `rows` rows of `length` values, in which an operand goes on by its step, 0 or 1. `scaling`: one block, all of its channels
 * alike and without bias. All buffers have slack.
 */
export function add(
  firstAt: usize,
  secondAt: usize,
  output: usize,
  length: i32,
  firstStep: i32,
  secondStep: i32,
  rows: i32,
  walk: usize,
  firstTerms: usize,
  secondTerms: usize,
  scaling: usize,
): void {
  begin(firstAt, secondAt);
  // In this order: what a row writes too much belongs to the next.
  for (let row: i32 = 0; row < rows; row++, output += length) {
    let a = first;
    let b = second;
    for (let at: i32 = 0; at < length; at += 8) {
      const lower = sumFour(a, b, firstStep, secondStep, firstTerms, secondTerms);
      a += firstStep << 2;
      b += secondStep << 2;
      const upper = sumFour(a, b, firstStep, secondStep, firstTerms, secondTerms);
      a += firstStep << 2;
      b += secondStep << 2;
      v128.store64_lane(output + at, requantize(lower, upper, scaling, scaling + headerBytes), 0);
    }
    next(walk);
  }
}
