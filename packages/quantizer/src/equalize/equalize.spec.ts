// Evened channels: the same function, statistics as if they had been collected anew, less noise, and the layers that are left alone.
import {
  evaluate,
  GraphBuilder,
  referenceEngine,
  type FusedActivation,
  type Graph,
  type TensorId,
} from '@wherry/graph';
import { select, type SelectOptions } from '../select/select.js';
import { calibrated, judgedCalibration, samplesOf } from '../testing/small-network.js';
import { randomTensor } from '../testing/random-values.js';
import { channelPairs } from './channel-pairs.js';
import { equalize } from './equalize.js';

interface Uneven {
  /** Between the first two layers. */
  readonly activation?: FusedActivation;
  /** Factor from one channel to the next. */
  readonly step?: number;
  readonly secondReader?: boolean;
  readonly asOutput?: boolean;
}

/** Convolution, pooling, depthwise and 1x1 convolution, mean, dense layer; the channels of the first layer differ by `step`. */
function uneven({ activation = 'RELU', step = 4, secondReader = false, asOutput = false }: Uneven = {}): Graph {
  const builder = new GraphBuilder('uneven');
  const weights = (
    name: string,
    shape: readonly number[],
    seed: number,
    channelOf = (_i: number): number => 0,
  ): TensorId =>
    builder.constant(
      name,
      shape,
      randomTensor(shape, seed).map((value, i) => value * step ** channelOf(i)),
      'float32',
    );
  const bias = (name: string, count: number, seed: number): TensorId =>
    builder.constant(name, [count], randomTensor([count], seed), 'float32');
  const input = builder.input('image', [1, 8, 8, 2], 'float32');
  const first = builder.add(
    'CONV_2D',
    [input, weights('w1', [4, 3, 3, 2], 1, (i) => Math.floor(i / 18) - 2), bias('b1', 4, 2)],
    { activation },
    { origin: 'first' },
  );
  const pool = builder.add(
    'MAX_POOL_2D',
    [first],
    { filterH: 2, filterW: 2, strideH: 2, strideW: 2 },
    { origin: 'pool' },
  );
  const depthwise = builder.add(
    'DEPTHWISE_CONV_2D',
    [pool, weights('w2', [1, 3, 3, 4], 3), bias('b2', 4, 4)],
    { padding: 'SAME' },
    { origin: 'depthwise' },
  );
  const point = builder.add(
    'CONV_2D',
    [depthwise, weights('w3', [6, 1, 1, 4], 5, (i) => 1 - (i % 4)), bias('b3', 6, 6)],
    { activation: 'RELU' },
    { origin: 'point' },
  );
  const mean = builder.add(
    'MEAN',
    [point, builder.constant('axes', [2], Int32Array.of(1, 2), 'int32')],
    {},
    { origin: 'mean' },
  );
  const dense = builder.add(
    'FULLY_CONNECTED',
    [mean, weights('w4', [3, 6], 7), bias('b4', 3, 8)],
    {},
    { origin: 'dense' },
  );
  const more = secondReader ? [builder.add('RELU', [first], {}, { origin: 'other' })] : [];
  return builder.finish([dense, ...more, ...(asOutput ? [first] : [])]);
}

const options: SelectOptions = {
  method: 'mse',
  percentile: 99.99,
  correctBias: false,
  equalize: 'auto',
  scheme: 'int8',
  granularity: () => 'per-axis',
  inputType: 'int8',
  outputType: 'int8',
};

describe('equalize', () => {
  it('gives a graph that computes the same', async () => {
    const graph = uneven();
    const { graph: even, pairs } = equalize(graph, await calibrated(graph, samplesOf(graph, 8)), Infinity)!;
    expect(pairs).toBe(2);
    for (const feeds of samplesOf(graph, 5)) {
      const [expected, actual] = [evaluate(graph, feeds)[0]!, evaluate(even, feeds)[0]!];
      expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(Number(value), 4));
    }
  });

  it('leaves channels that RELU6 clamps as they are, and brings none of the others to where it would', async () => {
    const graph = uneven({ activation: 'RELU6' });
    const samples = samplesOf(graph, 8);
    const first = graph.nodes[0]!.outputs[0]!;
    const calibration = await calibrated(graph, samples);
    const seen = calibration.channelsOf(first);
    expect(seen.max[3]).toBe(6);
    const even = equalize(graph, calibration, Infinity)!;
    expect(even.pairs).toBe(2);
    const weightsOf = (each: Graph): Float32Array => each.tensors[graph.nodes[0]!.inputs[1]!]!.data as Float32Array;
    const factors = [0, 1, 2, 3].map(
      (channel) => weightsOf(even.graph)[channel * 18]! / weightsOf(graph)[channel * 18]!,
    );
    expect(factors[3]).toBe(1);
    // The first channel gives nothing but 0.
    [1, 2].forEach((channel) => {
      expect(factors[channel]).toBeGreaterThan(1);
      expect(factors[channel]! * seen.max[channel]!).toBeLessThanOrEqual(6.0001);
    });
    for (const feeds of samples) {
      const [expected, actual] = [evaluate(graph, feeds)[0]!, evaluate(even.graph, feeds)[0]!];
      expected.forEach((value, i) => expect(actual[i]).toBeCloseTo(Number(value), 4));
    }
  });

  it.each(['RELU', 'RELU6'] as const)('foretells the statistics of that graph with %s', async (activation) => {
    const graph = uneven({ activation });
    const samples = samplesOf(graph, 8);
    const even = equalize(graph, await calibrated(graph, samples), Infinity)!;
    const anew = await calibrated(even.graph, samples);
    expect([...even.calibration.statistics.keys()]).toEqual([...anew.statistics.keys()]);
    for (const [id, expected] of anew.statistics) {
      const told = even.calibration.statistics.get(id)!;
      const within = (expected.max - expected.min) / 100;
      for (const end of ['min', 'max'] as const) expect(Math.abs(told[end] - expected[end])).toBeLessThan(within);
      told.channelMean.forEach((mean, c) => expect(Math.abs(mean - expected.channelMean[c]!)).toBeLessThan(within));
      let count = 0;
      let difference = 0;
      told.histogram.forEach((center, each) => {
        count += each;
        difference += center * each;
      });
      expected.histogram.forEach((center, each) => {
        count -= each;
        difference -= center * each;
      });
      expect(count).toBe(0);
      expect(Math.abs(difference)).toBeLessThan(within * expected.samples * 64 * 4);
    }
  });

  it('brings the error of the quantized graph down, and is chosen for it', async () => {
    const graph = uneven();
    const { calibration, judged } = await judgedCalibration(graph, samplesOf(graph, 64));
    const chosen = await select(graph, calibration, referenceEngine, judged, options);
    expect(chosen.equalizedPairs).toBeGreaterThan(1);
    const [plain, even] = [false, true].map(
      (equalized) => chosen.candidates.find((candidate) => candidate.equalized === equalized)!.sqnrDb!,
    ) as [number, number];
    expect(even).toBeGreaterThan(plain + 6);
    const without = await select(graph, calibration, referenceEngine, judged, { ...options, equalize: false });
    expect([without.equalizedPairs, without.chosen.equalized]).toEqual([0, false]);
    const always = await select(graph, calibration, referenceEngine, [], { ...options, equalize: true });
    expect([always.equalizedPairs, always.chosen.equalized]).toEqual([chosen.equalizedPairs, true]);
  });

  it('has nothing to do between layers with one channel', async () => {
    const builder = new GraphBuilder('narrow');
    const layer = (input: TensorId, seed: number): TensorId =>
      builder.add(
        'CONV_2D',
        [
          input,
          builder.constant(`w${seed}`, [1, 3, 3, 1], randomTensor([1, 3, 3, 1], seed), 'float32'),
          builder.constant(`b${seed}`, [1], Float32Array.of(1), 'float32'),
        ],
        {},
        { origin: `${seed}` },
      );
    const graph = builder.finish([layer(layer(builder.input('x', [1, 8, 8, 1], 'float32'), 1), 2)]);
    expect(channelPairs(graph)).toHaveLength(1);
    expect(equalize(graph, await calibrated(graph, samplesOf(graph, 4)), Infinity)).toBeUndefined();
  });
});

describe('channelPairs', () => {
  const origins = (graph: Graph): string[] =>
    channelPairs(graph).map(({ producer, consumer }) => `${producer.node.origin} ${consumer.node.origin}`);

  it('goes through pooling and means, and takes every layer behind', () => {
    expect(origins(uneven())).toEqual(['first depthwise', 'depthwise point', 'point dense']);
  });

  it('goes over an upper bound, and no lower one but 0', () => {
    expect(origins(uneven({ activation: 'RELU6' }))).toEqual(origins(uneven()));
  });

  it.each([[{ activation: 'RELU_N1_TO_1' as const }], [{ secondReader: true }], [{ asOutput: true }]])(
    'leaves the first layer alone with %j',
    (how) => {
      expect(origins(uneven(how))).toEqual(['depthwise point', 'point dense']);
    },
  );
});
