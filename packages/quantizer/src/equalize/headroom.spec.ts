// Channels that the samples hardly woke keep room, less of it the more the samples say.
import { GraphBuilder } from '@wherry/graph';
import { weightedLayer } from '../optimize/weighted-layer.js';
import { withHeadroom } from './headroom.js';

/** Three channels whose weights are as large as each other, and one of twice their size. */
function layer(): NonNullable<ReturnType<typeof weightedLayer>> {
  const builder = new GraphBuilder('dense');
  const weights = builder.constant('w', [4, 2], Float32Array.of(3, 4, 0, 5, -4, 3, 6, 8), 'float32');
  const graph = builder.finish([
    builder.add('FULLY_CONNECTED', [builder.input('x', [1, 2], 'float32'), weights], {}, { origin: 'd' }),
  ]);
  return weightedLayer(graph, graph.nodes[0]!)!;
}

const seen = { min: Float64Array.of(-1, 0, -0.5, -1), max: Float64Array.of(10, 0.1, 10, 30) };

it('gives a sleeping channel what its weights let it do, in proportion to the others', () => {
  expect([...withHeadroom(layer(), seen, 0).max]).toEqual([10, 10, 10, 30]);
  expect([...withHeadroom(layer(), seen, 20).max]).toEqual([10, 5, 10, 30]);
});

it('believes many samples', () => {
  const { min, max } = withHeadroom(layer(), seen, Infinity);
  expect([[...min], [...max]]).toEqual([[...seen.min], [...seen.max]]);
});

it('lets no channel become negative that never was', () => {
  expect([...withHeadroom(layer(), seen, 0).min]).toEqual([-10, 0, -10, -20]);
});
