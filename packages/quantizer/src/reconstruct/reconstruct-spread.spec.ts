// Weights of a transposed convolution are found as those of any other layer.
import { evaluate, GraphBuilder, referenceEngine, type Graph, type TensorData } from '@wherry/graph';
import { Forms } from '../select/forms.js';
import { realOf } from '../select/judgement.js';
import { quantizeFeeds } from '../select/quantize-feeds.js';
import type { Settings } from '../select/settings.js';
import { randomTensor } from '../testing/random-values.js';
import { calibrated, samplesOf } from '../testing/small-network.js';
import { reconstruct } from './reconstruct.js';

function spreading(): Graph {
  const builder = new GraphBuilder('spreading');
  const operands = [
    builder.indices('shape', [1, 8, 8, 3]),
    builder.constant('w', [3, 3, 3, 4], randomTensor([3, 3, 3, 4], 1), 'float32'),
    builder.input('x', [1, 4, 4, 4], 'float32'),
    builder.constant('b', [3], randomTensor([3], 2), 'float32'),
  ];
  return builder.finish([builder.add('TRANSPOSE_CONV', operands, { strideH: 2, strideW: 2 }, { origin: 'spread' })]);
}

const graph = spreading();
/** Neighbouring channels that go together. */
const related = (from: number): (readonly TensorData[])[] =>
  samplesOf(graph, from + 40)
    .slice(from)
    .map((feeds) => feeds.map((data) => Float32Array.from(data as Float32Array, (value) => 0.3 * value + 0.5)));
const settings: Settings = {
  method: 'min-max',
  correctBias: false,
  equalized: false,
  overrides: new Map(),
  outputErrors: undefined,
};

function noise(quantized: Graph): number {
  let sum = 0;
  for (const feeds of related(500)) {
    const expected = evaluate(graph, feeds)[0] as Float32Array;
    const actual = evaluate(quantized, quantizeFeeds(quantized, feeds))[0]!;
    const { quantization } = quantized.tensors[quantized.outputs[0]!]!;
    expected.forEach((value, i) => (sum += (realOf(actual, i, quantization) - value) ** 2));
  }
  return sum;
}

it('brings the noise of int4 weights down on samples that it has not seen', async () => {
  const found = related(0);
  const forms = new Forms(
    graph,
    await calibrated(graph, found),
    { percentile: 99.99, scheme: 'int4', granularity: () => 'per-axis', inputType: 'own', outputType: 'own' },
    1,
  );
  const { graph: float, make } = forms.starting(settings);
  const weights = await reconstruct(float, referenceEngine, found, make, {
    optimized: true,
    clip: true,
    tellsCut: true,
    correctBias: true,
  });
  expect([...weights.integers.keys()]).toEqual([graph.nodes[0]!.inputs[1]]);
  expect(noise(make(weights).graph)).toBeLessThan(noise(forms.whole({ ...settings, correctBias: true }).graph) / 2);
});
