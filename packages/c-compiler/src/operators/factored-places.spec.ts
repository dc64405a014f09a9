// Loops that are told from places.
import { factored } from './factored-places.js';

const pairs = (from: readonly number[]): [number, number][] => from.map((place, to) => [place, to]);

it.each([
  ['one place', [7], []],
  ['a run', [3, 4, 5], [{ count: 3, steps: [1, 1] }]],
  [
    'a transposed matrix',
    [0, 3, 1, 4, 2, 5],
    [
      { count: 3, steps: [1, 2] },
      { count: 2, steps: [3, 1] },
    ],
  ],
  [
    'a column twice',
    [1, 1, 4, 4],
    [
      { count: 2, steps: [3, 2] },
      { count: 2, steps: [0, 1] },
    ],
  ],
])('%s', (_, from, dimensions) => {
  expect(factored(pairs(from))).toEqual(dimensions);
});

it.each([[[0, 1, 3]], [[0, 1, 5, 7]], [[3, 0, 0]]])('no loops run through %j', (from) => {
  expect(factored(pairs(from))).toBeUndefined();
});
