// The same layers on half the picture, or nothing where a layer stands in the way.
import { GraphBuilder, tensorAt, type Graph } from '@wherry/graph';
import { halfInput } from './half-input.js';

type Ending = 'mean' | 'dense' | 'reshape' | 'wide pool' | 'far corner';

function network(size: readonly number[], ending: Ending): Graph {
  const builder = new GraphBuilder('network');
  const input = builder.input('x', [1, ...size], 'float32');
  const filter = builder.constant('w', [4, 3, 3, size[2]!], new Float32Array(36 * size[2]!), 'float32');
  const bias = builder.constant('b', [4], new Float32Array(4), 'float32');
  const features = builder.add('CONV_2D', [input, filter, bias], { padding: 'SAME' }, { origin: 'conv' });
  const elements = size[0]! * size[1]! * 4;
  const ends: { readonly [E in Exclude<Ending, 'far corner'>]: () => number } = {
    mean: () => builder.add('MEAN', [features, builder.indices('axes', [1, 2])], {}, { origin: 'mean' }),
    dense: () => {
      const weights = builder.constant('d', [2, elements], new Float32Array(2 * elements), 'float32');
      return builder.add('FULLY_CONNECTED', [features, weights, null], {}, { origin: 'dense' });
    },
    reshape: () => builder.add('RESHAPE', [features, builder.indices('s', [1, elements])], {}, { origin: 'flat' }),
    'wide pool': () =>
      builder.add(
        'AVERAGE_POOL_2D',
        [features],
        { filterH: size[0]!, filterW: size[1]!, padding: 'VALID' },
        { origin: 'pool' },
      ),
  };
  const corner = (): number => {
    const ends = [
      [0, size[0]! - 2, 0, 0],
      [1, size[0]!, 2, 4],
      [1, 1, 1, 1],
    ].map((at) => builder.indices('at', at));
    return builder.add('STRIDED_SLICE', [features, ...ends], {}, { origin: 'corner' });
  };
  return builder.finish([ending === 'far corner' ? corner() : ends[ending]()]);
}

const shapes = (graph: Graph | undefined): unknown =>
  graph?.nodes.map(({ outputs }) => tensorAt(graph, outputs[0]!).shape);

it('halves height and width through all layers, and leaves the given graph alone', () => {
  const graph = network([16, 9, 3], 'mean');
  const half = halfInput(graph);
  expect(tensorAt(half!, half!.inputs[0]!).shape).toEqual([1, 8, 4, 3]);
  expect(shapes(half)).toEqual([
    [1, 8, 4, 4],
    [1, 4],
  ]);
  expect(tensorAt(graph, graph.inputs[0]!).shape).toEqual([1, 16, 9, 3]);
});

it('leaves a side of one alone', () => {
  const half = halfInput(network([1, 64, 3], 'mean'));
  expect(tensorAt(half!, half!.inputs[0]!).shape).toEqual([1, 1, 32, 3]);
});

it.each<[string, Graph]>([
  ['a dense layer over all positions', network([16, 16, 3], 'dense')],
  ['a fixed shape', network([16, 16, 3], 'reshape')],
  ['a window of the whole size', network([16, 16, 3], 'wide pool')],
  ['a part that would not be there', network([16, 16, 3], 'far corner')],
  ['pictures that would be none', network([6, 6, 3], 'mean')],
])('gives nothing for %s', (_, graph) => {
  expect(halfInput(graph)).toBeUndefined();
});

it('gives nothing for what is no picture', () => {
  const builder = new GraphBuilder('row');
  const input = builder.input('x', [1, 16], 'float32');
  expect(halfInput(builder.finish([builder.add('RELU', [input], {}, { origin: 'relu' })]))).toBeUndefined();
});
