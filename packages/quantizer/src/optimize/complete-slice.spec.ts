// Slices that speak of the first dimensions only: the same values afterwards, with a place for every dimension.
import { GraphBuilder, verify, type Graph } from '@wherry/graph';
import { greatestDifference } from '../testing/random-values.js';
import { completeSlice } from './complete-slice.js';
import { optimize } from './optimize.js';

function slice(begin: readonly number[], end: readonly number[], steps: readonly number[], masks: object = {}): Graph {
  const builder = new GraphBuilder('slice');
  const inputs = [
    builder.input('x', [4, 3, 2], 'float32'),
    builder.indices('begin', begin),
    builder.indices('end', end),
    builder.indices('steps', steps),
  ];
  return builder.finish([builder.add('STRIDED_SLICE', inputs, masks, { origin: 'slice' })]);
}

const places = (graph: Graph): number[][] =>
  graph.nodes[0]!.inputs.slice(1).map((id) => Array.from(graph.tensors[id!]!.data as Int32Array));

it('adds the dimensions that nothing was said of, whole', () => {
  const before = slice([1, -1], [4, 0], [2, 1], { shrinkAxisMask: 2 });
  const { graph: after, steps } = optimize(before);
  expect(places(after)).toEqual([
    [1, -1, 0],
    [4, 0, 2],
    [2, 1, 1],
  ]);
  expect(greatestDifference(before, after)).toBe(0);
  expect(steps.map(({ rewrite }) => rewrite)).toEqual(['complete-slice']);
  expect(completeSlice.apply(after)).toBe(after);
});

it('clears the bits that meant nothing', () => {
  const before = slice([1], [3], [1], { beginMask: 6, endMask: 4, shrinkAxisMask: 4 });
  const after = verify(completeSlice.apply(before), completeSlice.name);
  expect(after.nodes[0]!.attributes).toMatchObject({ beginMask: 0, endMask: 0, shrinkAxisMask: 0 });
  expect(greatestDifference(before, after)).toBe(0);
});
