// Layers that do not depend on the sample: told once, by name, and only where the samples show it.
import { GraphBuilder, referenceEngine, type Diagnostic, type Graph, type TensorData } from '@wherry/graph';
import { randomTensor } from '../testing/random-values.js';
import { samplesOf, smallNetwork } from '../testing/small-network.js';
import { calibrate } from './calibrate.js';
import { ConstancyWatch } from './constancy-watch.js';

async function warningsOf(
  graph: Graph,
  samples: readonly (readonly TensorData[])[] = samplesOf(graph, 6),
): Promise<readonly Diagnostic[]> {
  const constancy = new ConstancyWatch(graph);
  await calibrate(
    graph,
    referenceEngine,
    (async function* () {
      yield* samples;
    })(),
    { constancy },
  );
  return constancy.warnings();
}

/** Two dense layers and a SOFTMAX; `dead` says which units of the first give 0 whatever they read. */
function dense(dead: readonly boolean[]): Graph {
  const builder = new GraphBuilder('dense');
  const units = dead.length;
  const weights = randomTensor([units, 8], 1);
  const bias = Float32Array.from(dead, (isDead) => (isDead ? -1000 : 1));
  const hidden = builder.add(
    'FULLY_CONNECTED',
    [
      builder.input('x', [1, 8], 'float32'),
      builder.constant('w', [units, 8], weights, 'float32'),
      builder.constant('b', [units], bias, 'float32'),
    ],
    { activation: 'RELU' },
    { origin: 'block/hidden' },
  );
  const second = builder.constant('w2', [3, units], randomTensor([3, units], 2), 'float32');
  const scores = builder.add('FULLY_CONNECTED', [hidden, second], {}, { origin: 'scores' });
  return builder.finish([builder.add('SOFTMAX', [scores], {}, { origin: 'classes' })]);
}

it('names the layer that a constant comes from, and not those behind it', async () => {
  const warnings = await warningsOf(dense([true, true]));
  expect(warnings.map(({ code, where }) => [code, where])).toEqual([['QUANT_CONSTANT_LAYER', 'block/hidden']]);
  expect(warnings[0]!.what).toBe('FULLY_CONNECTED gives the same values for all 6 samples, which differ');
});

it('thinks of the inputs first, and knows scores that are saturated', async () => {
  expect((await warningsOf(dense([true, true])))[0]!.next).toMatch(
    /^the inputs go from -\S+ to \S+: check that they are preprocessed.*weights are dead$/,
  );
  const builder = new GraphBuilder('loud');
  const steep = builder.constant('w', [2, 2], Float32Array.of(1, 0, -1, 0), 'float32');
  const scores = builder.add('FULLY_CONNECTED', [builder.input('x', [1, 2], 'float32'), steep], {}, { origin: 'd' });
  const graph = builder.finish([builder.add('SOFTMAX', [scores], {}, { origin: 'classes' })]);
  const bytes = [255, 254, 253, 252, 251].map((value) => [Float32Array.of(value, 0)]);
  expect(await warningsOf(graph, bytes)).toMatchObject([
    { where: 'classes', next: expect.stringMatching(/^it is saturated.*inputs go from 0 to 255.*divided by 255/) },
  ]);
});

it('says nothing of dead channels, nor of sound layers', async () => {
  expect(await warningsOf(dense([true, false]))).toEqual([]);
  expect(await warningsOf(smallNetwork())).toEqual([]);
});

it('says nothing where few samples differ', async () => {
  const graph = dense([true, true]);
  const [one, two] = samplesOf(graph, 2);
  expect(await warningsOf(graph, [one!])).toEqual([]);
  expect(await warningsOf(graph, [one!, one!, one!, one!, one!])).toEqual([]);
  expect(await warningsOf(graph, [one!, one!, two!, one!, one!])).toEqual([]);
  expect(await warningsOf(graph, [one!, two!, two!])).toEqual([]);
  expect(await warningsOf(graph, [one!, two!, two!, two!])).toHaveLength(1);
});

it('takes samples for different where one of their inputs is', async () => {
  const builder = new GraphBuilder('two inputs');
  const [x, y] = [builder.input('x', [1, 2], 'float32'), builder.input('y', [1, 2], 'float32')];
  const dead = builder.add('RELU', [x], {}, { origin: 'dead' });
  const graph = builder.finish([builder.add('ADD', [dead, y], {}, { origin: 'sum' })]);
  const samples = [1, 2, 3, 4].map((value) => [Float32Array.of(-value, -1), Float32Array.of(1, 1)]);
  expect((await warningsOf(graph, samples)).map(({ where }) => where)).toEqual(['dead']);
});

it('says nothing of what reads constants, or a part of the data that never differs', async () => {
  const builder = new GraphBuilder('parts');
  const input = builder.input('x', [1, 4], 'float32');
  const part = builder.add(
    'SLICE',
    [input, builder.indices('begin', [0, 2]), builder.indices('size', [1, 2])],
    {},
    { origin: 'part' },
  );
  const fixed = builder.constant('fixed', [1, 2], Float32Array.of(1, 2), 'float32');
  const offset = builder.add('RELU', [fixed], {}, { origin: 'offset' });
  const scaled = builder.add('MUL', [part, offset], {}, { origin: 'scaled' });
  const graph = builder.finish([scaled, input]);
  const samples = samplesOf(graph, 6).map(([x]) => [Float32Array.of(...(x as Float32Array).slice(0, 2), 5, 6)]);
  expect(await warningsOf(graph, samples)).toEqual([]);
});
