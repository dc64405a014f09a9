// The choice among candidates: measured, the best is kept, and nothing is measured that was decided already.
import { evaluate, GraphBuilder, referenceEngine, type Engine, type Graph } from '@wherry/graph';
import { calibrate } from '../calibrate/calibrate.js';
import { calibrated, samplesOf, smallNetwork } from '../testing/small-network.js';
import { randomTensor } from '../testing/random-values.js';
import { judgements } from './judgement.js';
import { OutputJudge } from './output-error.js';
import { judgedSamples } from './refine-ranges.js';
import { SampleReservoir, type JudgedSample } from './sample-reservoir.js';
import { select, type SelectOptions, type Selected } from './select.js';

const auto: SelectOptions = {
  method: 'auto',
  percentile: 99.99,
  correctBias: 'auto',
  equalize: 'auto',
  granularity: () => 'per-axis',
  inputType: 'int8',
  outputType: 'int8',
};

const judged = (samples: ReturnType<typeof samplesOf>): JudgedSample[] => samples.map((inputs) => ({ inputs }));

async function selected(
  graph: Graph,
  options: Partial<SelectOptions> = {},
  engine: Engine = referenceEngine,
  samples = samplesOf(graph, 8),
): Promise<Selected> {
  return select(graph, await calibrated(graph, samples), engine, judged(samples), { ...auto, ...options });
}

describe('select', () => {
  it('measures every method with correction, the best without, and keeps the least error', async () => {
    const { candidates, chosen } = await selected(smallNetwork());
    expect(candidates.filter(({ compactMatrices }) => !compactMatrices)).toHaveLength(4);
    const least = Math.min(...candidates.map(({ error }) => error!));
    expect(chosen.error).toBeLessThanOrEqual(least);
    expect(candidates).toContainEqual({ ...chosen, error: expect.any(Number) });
  });

  it('gives the graph whose error it reports', async () => {
    const graph = smallNetwork();
    const samples = samplesOf(graph, 8);
    const result = await selected(graph, {}, referenceEngine, samples);
    const judge = await OutputJudge.of(graph, referenceEngine, judged(samples));
    expect((await judge.measure(result)).error).toBeCloseTo(result.chosen.error!, 12);
  });

  it('refines single ranges when that helps: an outlier in one tensor only', async () => {
    const graph = smallNetwork();
    const samples = [...samplesOf(graph, 15), ...samplesOf(graph, 1, 40)];
    const { candidates, chosen, refined } = await selected(
      graph,
      { correctBias: false, equalize: false },
      referenceEngine,
      samples,
    );
    expect(refined).toBeGreaterThan(0);
    expect(chosen.error).toBeLessThan(Math.min(...candidates.map(({ error }) => error!)));
  });

  it('measures from a later node on what it measures from the first, with an output that is there before', async () => {
    const builder = new GraphBuilder('two outputs');
    const constant = (name: string, shape: readonly number[], seed: number) =>
      builder.constant(name, shape, randomTensor(shape, seed), 'float32');
    const input = builder.input('x', [1, 6], 'float32');
    const early = builder.add('FULLY_CONNECTED', [input, constant('w1', [5, 6], 1)], {}, { origin: 'early' });
    const late = builder.add('FULLY_CONNECTED', [early, constant('w2', [4, 5], 2)], {}, { origin: 'late' });
    const graph = builder.finish([early, builder.add('TANH', [late], {}, { origin: 'end' })]);
    const samples = samplesOf(graph, 6);
    const applied = await selected(graph, { method: 'mse', correctBias: false }, referenceEngine, samples);
    const judge = await OutputJudge.of(graph, referenceEngine, judged(samples));
    const whole = await judge.measure(applied, { keepAt: [1, 2] });
    for (const position of [1, 2]) {
      const { error } = await judge.measure(applied, { from: { position, recording: whole.recording } });
      expect(error).toBe(whole.error);
    }
    expect(whole.error).toBeGreaterThan(0);
  });

  it('runs nothing when method and correction are given', async () => {
    const graph = smallNetwork();
    const engine: Engine = { name: 'none', prepare: () => Promise.reject(new Error('prepared')) };
    const samples = samplesOf(graph, 2);
    const result = await select(graph, await calibrated(graph, samples), engine, judged(samples), {
      ...auto,
      method: 'mse',
      correctBias: false,
      equalize: false,
    });
    expect(result.chosen).toEqual({
      method: 'mse',
      correctBias: false,
      compactMatrices: false,
      equalized: false,
      error: undefined,
      samples: 0,
    });
  });

  it('takes what calibration kept for what the float graph says', async () => {
    const graph = smallNetwork();
    const samples = samplesOf(graph, 8);
    const reservoir = new SampleReservoir(8);
    const calibration = await calibrate(
      graph,
      referenceEngine,
      (async function* () {
        yield* samples;
      })(),
      { reservoir },
    );
    const floatRuns: Engine = {
      ...referenceEngine,
      prepare: (each) => (each === graph ? Promise.reject(new Error('float run')) : referenceEngine.prepare(each)),
    };
    const kept = await select(graph, calibration, floatRuns, reservoir.samples, auto);
    expect(kept.candidates).toEqual((await selected(graph, {}, referenceEngine, samples)).candidates);
  });

  it('gives the same graph every time', async () => {
    const [first, second] = [await selected(smallNetwork()), await selected(smallNetwork())];
    expect(second.graph).toEqual(first.graph);
  });
});

describe('OutputJudge', () => {
  it('finds the same error from a recorded middle as from the start', async () => {
    const graph = smallNetwork();
    const samples = samplesOf(graph, 4);
    const judge = await OutputJudge.of(graph, referenceEngine, judged(samples));
    const result = await selected(graph);
    const positions = result.graph.nodes.map((_, position) => position);
    const { error, recording } = await judge.measure(result, { keepAt: positions });
    expect(error).toBeGreaterThan(0);
    for (const position of positions)
      expect((await judge.measure(result, { from: { position, recording } })).error).toBe(error);
  });
});

describe('judgements', () => {
  it('looks before SOFTMAX at probabilities: what is far below the greatest does not count', () => {
    const graph = smallNetwork();
    const [{ id, distance }] = judgements(graph) as [ReturnType<typeof judgements>[number]];
    expect(graph.nodes.find(({ outputs }) => outputs.includes(id))!.kind).toBe('FULLY_CONNECTED');
    const expected = Float32Array.of(10, -40, -50, -60);
    const far = distance(expected, Float32Array.of(10, -42, -52, -62), undefined);
    const near = distance(expected, Float32Array.of(10, 11, -50, -60), undefined);
    expect(far).toBeGreaterThan(0);
    expect(near).toBeGreaterThan(100 * far);
    expect(distance(expected, Float32Array.of(15, -35, -45, -55), undefined)).toBeCloseTo(0, 12);
    // Gaps below the softened one: the divergence of plain probabilities, twice.
    expect(distance(Float32Array.of(1, 0, 0, 0), Float32Array.of(0, 1, 0, 0), undefined)).toBeCloseTo(
      (2 * (Math.E - 1)) / (Math.E + 3),
      12,
    );
  });

  it('takes other outputs by their relative squared error, integers at their scale', () => {
    const builder = new GraphBuilder('plain');
    const graph = builder.finish([builder.add('RELU', [builder.input('x', [1, 2], 'float32')], {}, { origin: 'r' })]);
    const [{ distance }] = judgements(graph) as [ReturnType<typeof judgements>[number]];
    expect(distance(Float32Array.of(3, 4), Int8Array.of(7, 7), { scale: [0.5], zeroPoint: [1], axis: 0 })).toBeCloseTo(
      1 / 25,
      12,
    );
    expect(evaluate(graph, [Float32Array.of(-1, 2)])).toEqual([Float32Array.of(0, 2)]);
  });
});

describe('judgedSamples', () => {
  it('is 256 for small models and 48 for large ones, fewer where samples or work are huge', () => {
    const convolution = (size: number, filters = 16): Graph => {
      const builder = new GraphBuilder('large');
      const filter = builder.constant('w', [filters, 3, 3, 64], randomTensor([filters, 3, 3, 64], 1), 'float32');
      return builder.finish([
        builder.add('CONV_2D', [builder.input('x', [1, size, size, 64], 'float32'), filter], {}, { origin: 'c' }),
      ]);
    };
    expect(
      [smallNetwork(), convolution(28), convolution(100), convolution(28, 256), convolution(400)].map(judgedSamples),
    ).toEqual([256, 48, 39, 43, 16]);
  });
});
