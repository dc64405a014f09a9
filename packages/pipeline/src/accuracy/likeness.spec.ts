// Small autoencoders and small classifiers of as many classes as features: told apart by what they give.
import { GraphBuilder, referenceEngine, type Graph } from '@wherry/graph';
import { irregular, tableGraph, type Ending } from '../testing/table-model.js';
import { likeness } from './likeness.js';

const identity = (size: number, gain: number) =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? gain : 0)));

async function told(graph: Graph, gain = 1): Promise<readonly (boolean | undefined)[]> {
  const features = graph.tensors[graph.inputs[0]!]!.shape[1]!;
  const samples = async function* () {
    for (let row = 0; row < 40; row++)
      yield { inputs: [Float32Array.from({ length: features }, (_, i) => gain * irregular(row * features + i))] };
  };
  return likeness(graph, referenceEngine, samples());
}

it.each<readonly [string, number, Ending, number, boolean | undefined]>([
  ['the input again', 4, 'linear', 1, true],
  ['nearly the input again', 4, 'linear', 0.7, true],
  ['scores of the features', 4, 'linear', 6, false],
  ['the input the other way round', 4, 'TANH', -1, false],
  ['the input roughly', 4, 'linear', 0.1, undefined],
  ['rows of scores', 4, 'SOFTMAX', 1, undefined],
  ['a single value', 1, 'linear', 1, undefined],
])('%s', async (_, size, ending, gain, expected) => {
  expect(await told(tableGraph(identity(size, gain), ending))).toEqual([expected]);
});

it('needs as many values as the input, and samples that differ', async () => {
  expect(await told(tableGraph([[1, 0, 0]], 'linear'))).toEqual([undefined]);
  expect(await told(tableGraph(identity(3, 1), 'linear'), 0)).toEqual([undefined]);
  const builder = new GraphBuilder('two');
  const input = builder.input('x', [1, 3], 'float32');
  const again = builder.add('TANH', [input], {}, { origin: 'a' });
  const scores = builder.add('SOFTMAX', [input], { beta: 1 }, { origin: 'c' });
  expect(await told(builder.finish([scores, again]))).toEqual([undefined, true]);
});
