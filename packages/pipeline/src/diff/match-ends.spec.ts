// Ends go together by a name that is theirs alone, and otherwise in order.
import { matchEnds } from './match-ends.js';
import type { RawGraph, RawTensor } from './raw-graph.js';

const graphOf = (...names: readonly string[]): RawGraph => ({
  name: 'main',
  tensors: names.map((name, index) => ({ name, index }) as RawTensor),
  operators: [],
  inputs: names.map((_, index) => index),
  outputs: [],
  writers: new Map(),
  readers: new Map(),
});

it.each<[string, readonly string[], readonly string[], readonly (readonly [number | null, number | null])[]]>([
  [
    'names in another order',
    ['x', 'y', 'z'],
    ['z', 'x', 'y'],
    [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
  ],
  [
    'a name that stands twice in the first',
    ['x', 'x', 'y'],
    ['y', 'x', 'z'],
    [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
  ],
  [
    'a name that stands twice in the second',
    ['y', 'x'],
    ['x', 'x'],
    [
      [0, 0],
      [1, 1],
    ],
  ],
  [
    'no names',
    ['', ''],
    ['', ''],
    [
      [0, 0],
      [1, 1],
    ],
  ],
  [
    'more in the first',
    ['a', 'b'],
    ['b'],
    [
      [0, null],
      [1, 0],
    ],
  ],
  [
    'more in the second',
    ['b'],
    ['a', 'b'],
    [
      [0, 1],
      [null, 0],
    ],
  ],
])('%s', (_, a, b, pairs) => {
  expect(matchEnds(graphOf(...a), graphOf(...b), 'inputs')).toEqual(
    pairs.map(([own, other]) => ({ a: own, b: other })),
  );
});
