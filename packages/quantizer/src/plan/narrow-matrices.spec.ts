// Which matrices count as narrow.
import { GraphBuilder, type Graph } from '@wherry/graph';
import { randomTensor } from '../testing/random-values.js';
import { isNarrowMatrix } from './narrow-matrices.js';

function dense(...layers: readonly (readonly [outputs: number, inputs: number])[]): Graph {
  const builder = new GraphBuilder('dense');
  return builder.finish(
    layers.map(([outputs, inputs], i) => {
      const input = builder.input(`x${i}`, [1, inputs], 'float32');
      return builder.add(
        'FULLY_CONNECTED',
        [input, builder.constant(`w${i}`, [outputs, inputs], randomTensor([outputs, inputs], i), 'float32')],
        {},
        { origin: `d${i}` },
      );
    }),
  );
}

describe('isNarrowMatrix', () => {
  it('turns at 12 bytes of scale to 192 bytes of weights', () => {
    const graph = dense([4, 191], [4, 192]);
    expect(graph.nodes.map((node) => isNarrowMatrix(graph, node))).toEqual([true, false]);
  });

  it('is never true of filters', () => {
    const builder = new GraphBuilder('depthwise');
    const filter = builder.constant('w', [1, 3, 3, 2], randomTensor([1, 3, 3, 2], 1), 'float32');
    const graph = builder.finish([
      builder.add('DEPTHWISE_CONV_2D', [builder.input('x', [1, 4, 4, 2], 'float32'), filter], {}, { origin: 'd' }),
    ]);
    expect(isNarrowMatrix(graph, graph.nodes[0]!)).toBe(false);
  });
});
