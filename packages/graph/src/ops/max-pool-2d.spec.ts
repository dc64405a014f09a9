// MAX_POOL_2D in real numbers small enough to work out by hand, and its requirements.
import { evaluate } from '../evaluate.js';
import { singleOperatorGraph } from '../single-operator.js';

const nine = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
const pool = (attributes: object): Float32Array =>
  evaluate(singleOperatorGraph('MAX_POOL_2D', [{ shape: [1, 3, 3, 1] }], attributes), [nine])[0] as Float32Array;

it('leaves padding out', () => {
  expect(Array.from(pool({ filterH: 2, filterW: 2, strideH: 2, strideW: 2 }))).toEqual([5, 6, 8, 9]);
});

it('clamps by the fused activation', () => {
  expect(Array.from(pool({ filterH: 3, filterW: 3, padding: 'VALID', activation: 'RELU6' }))).toEqual([6]);
});

it.each([
  ['the input has 4 dimensions', [3, 3, 1], {}],
  ['window and strides are at least 1', [1, 3, 3, 1], { filterW: 0 }],
  ['the window fits into an unpadded input', [1, 3, 3, 1], { filterH: 4, padding: 'VALID' as const }],
])('requires: %s', (sentence, shape, attributes) => {
  expect(() => singleOperatorGraph('MAX_POOL_2D', [{ shape }], attributes)).toThrow(sentence);
});
