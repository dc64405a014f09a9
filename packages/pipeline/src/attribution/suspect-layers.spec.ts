// A wrong kernel is among the layers that only wrong outputs are computed from.
import { GraphBuilder, type Graph } from '@wherry/graph';
import { moreToRecord, suspectLayers } from './suspect-layers.js';

/** first -> second -> third -> fourth; the second and the fourth are outputs. */
function chain(): Graph {
  const builder = new GraphBuilder('chain');
  let id = builder.input('x', [1, 4], 'float32');
  const [, second, , fourth] = ['first', 'second', 'third', 'fourth'].map(
    (origin) => (id = builder.add('RELU', [id], {}, { origin })),
  );
  return builder.finish([second!, fourth!]);
}

it.each([
  ['the last one', [[1, true]], ['first', 'second', 'third', 'fourth']],
  [
    'the last one, and the other one is right',
    [
      [0, false],
      [1, true],
    ],
    ['third', 'fourth'],
  ],
  [
    'both',
    [
      [0, true],
      [1, true],
    ],
    ['first', 'second', 'third', 'fourth'],
  ],
  [
    'none',
    [
      [0, false],
      [1, false],
    ],
    [],
  ],
] as const)('where %s differs', (_, differs, expected) => {
  expect(suspectLayers(chain(), new Map(differs))).toEqual(expected);
});

it('asks for the layer that halves them', () => {
  expect(moreToRecord(['first', 'second', 'third', 'fourth'])).toMatch(
    /which of 4 layers it is, first to fourth: .* what second writes/,
  );
  expect(moreToRecord(['third', 'fourth'])).toMatch(/what third writes/);
  expect(moreToRecord(['third'])).toBeUndefined();
});
