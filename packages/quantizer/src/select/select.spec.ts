// The choice among candidates: never behind the fixed methods on samples that it has not seen, whatever it was given.
import { evaluate, GraphBuilder, referenceEngine, type Engine, type Graph, type TensorData } from '@wherry/graph';
import { triedMethods } from '../calibrate/range.js';
import { judgedCalibration, samplesOf, smallNetwork } from '../testing/small-network.js';
import { randomTensor, randomValues } from '../testing/random-values.js';
import { realOf } from './judgement.js';
import { judgedSamples } from './judged-samples.js';
import { quantizeFeeds } from './quantize-feeds.js';
import { select, type SelectOptions, type Selected } from './select.js';

const auto: SelectOptions = {
  method: 'auto',
  percentile: 99.99,
  correctBias: 'auto',
  equalize: 'auto',
  scheme: 'int8',
  granularity: () => 'per-axis',
  inputType: 'int8',
  outputType: 'int8',
};

type Samples = readonly (readonly TensorData[])[];

async function selected(graph: Graph, samples: Samples, options: Partial<SelectOptions> = {}): Promise<Selected> {
  const { calibration, judged } = await judgedCalibration(graph, samples);
  return select(graph, calibration, referenceEngine, judged, { ...auto, ...options });
}

/** As the report has it: 10 log10(sum of squares / sum of squared differences) of the first output. */
function sqnr(float: Graph, { graph: quantized }: Selected, samples: Samples): number {
  let [signal, noise] = [0, 0];
  for (const feeds of samples) {
    const [expected, actual] = [evaluate(float, feeds)[0]!, evaluate(quantized, quantizeFeeds(quantized, feeds))[0]!];
    const { quantization } = quantized.tensors[quantized.outputs[0]!]!;
    expected.forEach((value, i) => {
      signal += Number(value) ** 2;
      noise += (realOf(actual, i, quantization) - Number(value)) ** 2;
    });
  }
  return 10 * Math.log10(signal / noise);
}

/** One output that crosses zero: what is small of it is as sure as what is large. */
function regression(seed: number): Graph {
  const builder = new GraphBuilder('regression');
  const constant = (name: string, shape: readonly number[], each: number) =>
    builder.constant(name, shape, randomTensor(shape, seed + each), 'float32');
  const input = builder.input('x', [1, 3], 'float32');
  const hidden = builder.add(
    'FULLY_CONNECTED',
    [input, constant('w1', [16, 3], 1), constant('b1', [16], 2)],
    {},
    { origin: 'h' },
  );
  const bent = builder.add('TANH', [hidden], {}, { origin: 't' });
  return builder.finish([
    builder.add('FULLY_CONNECTED', [bent, constant('w2', [1, 16], 3), constant('b2', [1], 4)], {}, { origin: 'y' }),
  ]);
}

const calibrationOf = (graph: Graph, count: number): Samples => samplesOf(graph, count);
const unseenOf = (graph: Graph): Samples => samplesOf(graph, 400).slice(300);

describe('the default', () => {
  it.each([1, 2, 3, 4, 5, 6])('is not behind a fixed method for a regression around zero (seed %d)', async (seed) => {
    const graph = regression(10 * seed);
    const [samples, unseen] = [calibrationOf(graph, 96), unseenOf(graph)];
    const given = sqnr(graph, await selected(graph, samples), unseen);
    for (const method of triedMethods) {
      const fixed = { method, correctBias: false, equalize: false } as const;
      expect(given).toBeGreaterThan(sqnr(graph, await selected(graph, samples, fixed), unseen) - 1);
    }
  });

  it.each([1, 2, 4, 10])('is not behind a fixed method after %d samples', async (count) => {
    const graph = smallNetwork();
    const [samples, unseen] = [calibrationOf(graph, count), unseenOf(graph)];
    const given = sqnr(graph, await selected(graph, samples), unseen);
    for (const method of triedMethods) {
      const fixed = { method, correctBias: false, equalize: false } as const;
      expect(given).toBeGreaterThan(sqnr(graph, await selected(graph, samples, fixed), unseen) - 1);
    }
  });

  it('does not even out channels by samples of one class', async () => {
    const graph = twoSided();
    const [oneClass, all] = [twoSidedSamples(64, () => 1), twoSidedSamples(64, (i) => i % 2)];
    const [given, plain] = [await selected(graph, oneClass), await selected(graph, oneClass, { equalize: false })];
    expect(given.variety).toBe(0);
    expect(sqnr(graph, given, all)).toBeGreaterThan(sqnr(graph, plain, all) - 1);
    expect((await selected(graph, all)).variety).toBe(1);
  });
});

/** Softmax over two groups of channels, each woken by its own class only. */
function twoSided(): Graph {
  const builder = new GraphBuilder('two sided');
  const constant = (name: string, shape: readonly number[], values: Float32Array) =>
    builder.constant(name, shape, values, 'float32');
  const input = builder.input('x', [1, 8], 'float32');
  const spread = Float32Array.from({ length: 64 }, (_, i) => (i % 9 === 0 ? 1 : 0) + 0.02 * randomValues(64, 9)[i]!);
  const hidden = builder.add(
    'FULLY_CONNECTED',
    [input, constant('w1', [8, 8], spread), constant('b1', [8], new Float32Array(8))],
    { activation: 'RELU' },
    { origin: 'hidden' },
  );
  const sorted = Float32Array.from({ length: 16 }, (_, i) => (Math.floor(i / 8) === Math.floor((i % 8) / 4) ? 1 : 0));
  const classes = builder.add(
    'FULLY_CONNECTED',
    [hidden, constant('w2', [2, 8], sorted), constant('b2', [2], new Float32Array(2))],
    {},
    { origin: 'classes' },
  );
  return builder.finish([builder.add('SOFTMAX', [classes], { beta: 1 }, { origin: 's' })]);
}

function twoSidedSamples(count: number, classOf: (i: number) => number): Samples {
  return Array.from({ length: count }, (_, i) => [
    randomValues(8, 50 + i).map((value, c) => (Math.floor(c / 4) === classOf(i) ? 2 + value : 0.02 * value)),
  ]);
}

describe('select', () => {
  it('judges by samples that chose no range: what clips the other half shows', async () => {
    const graph = regression(5);
    // Blocks of 4: the two halves of the data differ in size by 8.
    const samples = samplesOf(graph, 64).map((feeds, i) =>
      feeds.map((data) => (data as Float32Array).map((value) => value * ((i >> 2) & 1 ? 8 : 1))),
    );
    const result = await selected(graph, samples, { method: 'min-max' });
    expect(sqnr(graph, result, samples)).toBeGreaterThan(25);
    expect(result.chosen.sqnrDb).toBeLessThan(15);
  });

  it('says of the chosen what it says of the candidate that was kept last', async () => {
    const { candidates, chosen } = await selected(smallNetwork(), samplesOf(smallNetwork(), 64));
    const kept = candidates.filter((candidate) => candidate.kept);
    expect(kept[0]).toMatchObject({ method: 'min-max', correctBias: false, equalized: false, gain: undefined });
    expect(kept.map(({ sqnrDb }) => sqnrDb)).toContain(chosen.sqnrDb);
    expect(candidates.length).toBeGreaterThanOrEqual(4);
    for (const candidate of kept.slice(1)) expect(candidate.gain!.db).toBeGreaterThan(0);
  });

  it('refines a single range when that helps: a logit that never counts takes most of it', async () => {
    const builder = new GraphBuilder('idle class');
    const input = builder.input('x', [1, 4], 'float32');
    const weights = builder.constant('w', [4, 4], randomTensor([4, 4], 3), 'float32');
    const bias = builder.constant('b', [4], Float32Array.of(0, 0, 0, -60), 'float32');
    const logits = builder.add('FULLY_CONNECTED', [input, weights, bias], {}, { origin: 'logits' });
    const graph = builder.finish([builder.add('SOFTMAX', [logits], { beta: 1 }, { origin: 's' })]);
    const samples = samplesOf(graph, 240, 3);
    const result = await selected(graph, samples, { correctBias: false });
    expect(result.chosen.refined).toBe(1);
    const plain = await selected(graph, samples, { correctBias: false, method: 'min-max' });
    expect(sqnr(graph, result, unseenOf(graph))).toBeGreaterThan(sqnr(graph, plain, unseenOf(graph)) + 6);
  });

  it('takes the mean errors of the outputs out, and says so: here every sample rounds the same way', async () => {
    const builder = new GraphBuilder('steady');
    const input = builder.input('x', [1, 4], 'float32');
    const weights = builder.constant('w', [3, 4], randomTensor([3, 4], 7), 'float32');
    const bias = builder.constant('b', [3], Float32Array.of(0, 0, 0), 'float32');
    const graph = builder.finish([builder.add('FULLY_CONNECTED', [input, weights, bias], {}, { origin: 'y' })]);
    // Halfway between two steps of the input, whose scale the last value makes.
    const step = 2 / 255;
    const moving = randomValues(128, 11);
    const samples = Array.from({ length: 128 }, (_, i) => [
      Float32Array.of(10.45 * step, 20.45 * step, 33.45 * step, [-1, 1][i % 16] ?? moving[i]!),
    ]);
    const { chosen, candidates } = await selected(graph, samples);
    expect(candidates.at(-1)).toMatchObject({ outputsCorrected: true, kept: true });
    expect(chosen.outputsCorrected).toBe(true);
  });

  it('takes the plainest where there is nothing to judge by, and runs nothing', async () => {
    const graph = smallNetwork();
    const engine: Engine = { name: 'none', prepare: () => Promise.reject(new Error('prepared')) };
    const { calibration, judged } = await judgedCalibration(graph, samplesOf(graph, 1));
    const { chosen } = await select(graph, calibration, engine, judged, auto);
    expect(chosen).toEqual({
      method: 'min-max',
      correctBias: false,
      equalized: false,
      optimizedRounding: false,
      clippedWeights: false,
      refined: 0,
      outputsCorrected: false,
      sqnrDb: undefined,
      samples: 0,
      gain: undefined,
      kept: true,
    });
    const decided = { ...auto, method: 'mse', correctBias: true, equalize: false } as const;
    const two = await judgedCalibration(graph, samplesOf(graph, 2));
    const result = await select(graph, two.calibration, engine, two.judged, decided);
    expect(result.chosen).toMatchObject({ method: 'mse', correctBias: true });
  });

  it('never runs the float graph: calibration kept what it says', async () => {
    const graph = smallNetwork();
    const { calibration, judged } = await judgedCalibration(graph, samplesOf(graph, 32));
    const engine: Engine = {
      ...referenceEngine,
      prepare: (each) => (each === graph ? Promise.reject(new Error('float run')) : referenceEngine.prepare(each)),
    };
    await expect(select(graph, calibration, engine, judged, auto)).resolves.toHaveProperty('graph');
  });

  it('gives the same graph every time', async () => {
    const samples = samplesOf(smallNetwork(), 40);
    const [first, second] = [await selected(smallNetwork(), samples), await selected(smallNetwork(), samples)];
    expect(second.graph).toEqual(first.graph);
  });
});

describe('judgedSamples', () => {
  it('is 192 for small models and 48 for large ones, fewer where samples or work are huge', () => {
    const convolution = (size: number, filters = 16): Graph => {
      const builder = new GraphBuilder('large');
      const filter = builder.constant('w', [filters, 3, 3, 64], randomTensor([filters, 3, 3, 64], 1), 'float32');
      return builder.finish([
        builder.add('CONV_2D', [builder.input('x', [1, size, size, 64], 'float32'), filter], {}, { origin: 'c' }),
      ]);
    };
    expect(
      [smallNetwork(), convolution(28), convolution(100), convolution(28, 256), convolution(400)].map((graph) =>
        judgedSamples(graph, 20),
      ),
    ).toEqual([192, 48, 39, 48, 8]);
  });
});
