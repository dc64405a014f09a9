// Rows that are added several at a time: to the bit what one after the other comes to, however many there are and are zero.
import { randomValues } from '../testing/random-values.js';
import { addRows } from './add-rows.js';

function oneByOne(sums: Float64Array, matrix: Float64Array, factors: Float64Array): Float64Array {
  return sums.map((sum, i) =>
    factors.reduce((all, factor, row) => (factor === 0 ? all : all + factor * matrix[row * sums.length + i]!), sum),
  );
}

it.each([1, 3, 4, 5, 8, 14, 31])('adds %i rows in their order', (length) => {
  const matrix = Float64Array.from(randomValues(length * length, 7));
  for (const zeros of [0, 1, 2, 3]) {
    const factors = Float64Array.from(randomValues(length, 11), (value, i) => (i % 4 < zeros ? 0 : value * 1e3));
    const sums = Float64Array.from(randomValues(length, 13));
    const expected = oneByOne(sums, matrix, factors);
    addRows(sums, matrix, factors);
    expect(sums).toEqual(expected);
  }
});

it('leaves out what no factor asks for, whatever it holds', () => {
  const sums = Float64Array.of(1, 2);
  addRows(sums, Float64Array.of(Infinity, NaN, 3, 4), Float64Array.of(0, 2));
  expect(sums).toEqual(Float64Array.of(7, 10));
});
