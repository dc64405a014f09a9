// Parts to raise: what passes values on goes with its writer, what hurts is found, and no more is raised than is needed.
import { evaluate, GraphBuilder, referenceEngine, type Graph } from '@wherry/graph';
import { judgedCalibration, samplesOf } from '../testing/small-network.js';
import { randomTensor } from '../testing/random-values.js';
import { reconstruct } from '../reconstruct/reconstruct.js';
import { Forms } from '../select/forms.js';
import { quantizeFeeds } from '../select/quantize-feeds.js';
import { leastRaised } from './least-raised.js';
import { mixedUnits, type MixedUnit } from './mixed-units.js';
import { Mixing } from './mixture.js';
import { byGain, sensitivities } from './sensitivities.js';

/** Three dense layers; the second one has an outlier in its bias that takes nearly all steps of its output's scale. */
function layers(): Graph {
  const builder = new GraphBuilder('layers');
  let value = builder.input('x', [1, 8], 'float32');
  for (const layer of [0, 1, 2]) {
    const bias = new Float32Array(8);
    if (layer === 1) bias[7] = 4000;
    const weights = randomTensor([8, 8], layer + 1);
    // The outlier goes nowhere.
    if (layer === 2) for (let row = 0; row < 8; row++) weights[8 * row + 7] = 0;
    value = builder.add(
      'FULLY_CONNECTED',
      [
        value,
        builder.constant(`w${layer}`, [8, 8], weights, 'float32'),
        builder.constant(`b${layer}`, [8], bias, 'float32'),
      ],
      {},
      { origin: `dense${layer}` },
    );
    const shape = builder.indices(`to${layer}`, [1, 8]);
    value = builder.add('RESHAPE', [value, shape], {}, { origin: `reshape${layer}` });
  }
  return builder.finish([value]);
}

const graph = layers();
const { calibration, judged } = await judgedCalibration(graph, samplesOf(graph, 16));
const settings = {
  method: 'min-max',
  correctBias: false,
  equalized: false,
  overrides: new Map(),
  outputErrors: undefined,
} as const;
const options = {
  scheme: 'int8',
  percentile: 99.99,
  granularity: () => 'per-axis' as const,
  inputType: 'own',
  outputType: 'own',
} as const;
const mixing = new Mixing(graph, calibration, options, 'int16x8', { settings, variety: 1 });
const units = mixedUnits(graph);

function noiseOf(raised: readonly MixedUnit[]): number {
  const { graph: made } = mixing.with(raised);
  const { quantization } = made.tensors[made.outputs[0]!]!;
  return judged.reduce((sum, { inputs }) => {
    const expected = evaluate(graph, inputs)[0]!;
    const actual = evaluate(made, quantizeFeeds(made, inputs))[0]!;
    const real = (i: number): number => (Number(actual[i]) - quantization!.zeroPoint[0]!) * quantization!.scale[0]!;
    return (
      sum +
      Array.from(expected as ArrayLike<number | bigint>, (value, i) => (Number(value) - real(i)) ** 2).reduce(
        (a, b) => a + b,
        0,
      )
    );
  }, 0);
}

it('takes what only passes values on together with what writes them', () => {
  expect(units.map(({ layer, nodes }) => [layer, nodes])).toEqual([
    ['dense0', [0, 1]],
    ['dense1', [2, 3]],
    ['dense2', [4, 5]],
  ]);
  expect(units.every(({ work }) => work >= 64)).toBe(true);
});

it('takes what joins several parts together with the last of them', () => {
  const builder = new GraphBuilder('joined');
  const x = builder.input('x', [1, 8], 'float32');
  const dense = (layer: string, seed: number): number =>
    builder.add(
      'FULLY_CONNECTED',
      [x, builder.constant(`${layer}/w`, [8, 8], randomTensor([8, 8], seed), 'float32'), null],
      {},
      { origin: layer },
    );
  const joined = builder.add('CONCATENATION', [dense('a', 1), dense('b', 2)], { axis: 1 }, { origin: 'both' });
  expect(mixedUnits(builder.finish([joined])).map(({ layer, nodes }) => [layer, nodes])).toEqual([
    ['a', [0]],
    ['b', [1, 2]],
  ]);
});

it('gives what is raised the range of all values, however it is clipped in the lower scheme', () => {
  const [output] = graph.nodes[2]!.outputs;
  const clipped = new Map([[output!, { method: 'percentile', percentile: 60 } as const]]);
  const clipping = new Mixing(graph, calibration, options, 'int16x8', {
    settings: { ...settings, overrides: clipped },
    variety: 1,
  });
  const reason = (raised: readonly MixedUnit[]): string => clipping.with(raised).plan.written.get(output!)!.reason;
  expect(reason([])).toContain('percentile');
  expect(reason([units[1]!])).toContain('min-max');
});

it('keeps the weights that were found for what stays in the lower scheme, and rounds those of what is raised anew', async () => {
  const int4 = { ...options, scheme: 'int4' } as const;
  const forms = new Forms(graph, calibration, int4, 1);
  const feeds = judged.map(({ inputs }) => inputs);
  const { graph: float, make } = forms.starting(settings);
  const how = { optimized: true, clip: true, tellsCut: true };
  const whole = await reconstruct(float, referenceEngine, feeds, make, { ...how, correctBias: true });
  const weights = { ...how, forFold: { 0: whole, 1: whole }, whole };
  const made = (of: Parameters<typeof forms.whole>[0], raised: readonly MixedUnit[]): Graph =>
    new Mixing(graph, calibration, int4, 'int8', { settings: of, variety: 1 }).with(raised).graph;
  const constant = (of: Graph, name: string) =>
    Array.from(of.tensors.find((tensor) => tensor.name === name)!.data!, Number);
  const [found, nearest] = [
    { ...settings, weights },
    { ...settings, correctBias: true },
  ].map((of) => ({ none: made(of, []), second: made(of, [units[1]!]) })) as [
    Record<'none' | 'second', Graph>,
    Record<'none' | 'second', Graph>,
  ];
  for (const layer of ['0', '2']) {
    expect(constant(found.second, `w${layer}`)).toEqual(constant(found.none, `w${layer}`));
    expect(constant(found.second, `b${layer}`)).toEqual(constant(found.none, `b${layer}`));
  }
  const others = (of: Graph): number[] => ['w0', 'b0', 'w2', 'b2'].flatMap((name) => constant(of, name));
  expect(others(found.second)).not.toEqual(others(nearest.second));
  expect(Math.max(...constant(found.none, 'w1'))).toBeLessThanOrEqual(7);
  // Its mean error is left to the formula, as without any that were found.
  for (const name of ['w1', 'b1']) expect(constant(found.second, name)).toEqual(constant(nearest.second, name));
});

it('keeps the mean error that was found of a layer that a raised one reads', async () => {
  const builder = new GraphBuilder('chain');
  let value = builder.input('x', [1, 4], 'float32');
  for (const layer of ['first', 'second']) {
    const weights = builder.constant(`${layer}/w`, [4, 4], randomTensor([4, 4], 1), 'float32');
    const bias = builder.constant(`${layer}/b`, [4], new Float32Array(4), 'float32');
    value = builder.add('FULLY_CONNECTED', [value, weights, bias], {}, { origin: layer });
  }
  const chain = builder.finish([value]);
  const between = chain.nodes[0]!.outputs[0]!;
  const biasWith = async (errors: ReadonlyMap<number, Float64Array>): Promise<number[]> => {
    const { calibration: own } = await judgedCalibration(chain, samplesOf(chain, 8));
    const whole = { magnitudes: new Map(), integers: new Map(), errors };
    const weights = { optimized: true, clip: false, tellsCut: true, forFold: { 0: whole, 1: whole }, whole };
    const mixed = new Mixing(chain, own, options, 'int16x8', { settings: { ...settings, weights }, variety: 1 });
    const { tensors } = mixed.with([mixedUnits(chain)[1]!]).graph;
    return Array.from(tensors.find(({ name }) => name === 'first/b')!.data!, Number);
  };
  const [none, half] = [0, 0.5].map((error) => biasWith(new Map([[between, new Float64Array(4).fill(error)]])));
  expect(await half).not.toEqual(await none);
});

it('finds the layers between which it hurts, and raising both takes nearly all of the noise away', async () => {
  const told: string[] = [];
  const found = await sensitivities(mixing, units, referenceEngine, judged, ({ layer }) => told.push(layer));
  expect(told).toEqual(['dense0', 'dense1', 'dense2']);
  const order = byGain(found).map(({ layer }) => layer);
  expect(order.slice(0, 2).sort()).toEqual(['dense1', 'dense2']);
  // Whoever reads 8 bits of it loses what the writer kept.
  expect(noiseOf(units.slice(1))).toBeLessThan(noiseOf([]) / 20);
  expect(noiseOf([units[0]!])).toBeGreaterThan(noiseOf([]) / 20);
});

it('puts a conversion on both sides of what is raised, and none between what is raised together', () => {
  const kinds = (raised: readonly MixedUnit[]): string =>
    mixing
      .with(raised)
      .graph.nodes.map(({ kind }) => kind[0])
      .join('');
  expect(kinds([])).toBe('FRFRFR');
  expect(kinds([units[1]!])).toBe('FRQFRQFR');
  expect(kinds(units.slice(1))).toBe('FRQFRFR');
  expect(kinds(units)).toBe('FRFRFR');
});

describe('leastRaised', () => {
  const unit = (layer: string, work = 1): MixedUnit => ({ layer, nodes: [], work });
  const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => unit(name));
  const names = (raised: readonly MixedUnit[] | undefined): string | undefined =>
    raised?.map(({ layer }) => layer).join('');

  it.each(['a', 'abc', 'abcdefgh'])('finds that %s is needed', async (needed) => {
    const asked: string[] = [];
    const found = await leastRaised(all, (raised) => {
      asked.push(names(raised)!);
      return Promise.resolve([...needed].every((name) => names(raised)!.includes(name)));
    });
    expect(names(found)).toBe(needed);
    expect(asked.length).toBeLessThan(12);
  });

  it('takes back what stood in front and is not needed', async () => {
    const found = await leastRaised(all, (raised) => Promise.resolve(names(raised)!.includes('c')));
    expect(names(found)).toBe('c');
  });

  it('takes back the dearest of those that will do for each other', async () => {
    const [dear, cheap, needed] = [unit('a', 5), unit('b', 1), unit('c', 3)];
    const found = await leastRaised([dear, cheap, needed], (raised) =>
      Promise.resolve(raised.includes(needed) && (raised.includes(dear) || raised.includes(cheap))),
    );
    expect(names(found)).toBe('bc');
  });

  it('gives up where all of them are not enough', async () => {
    expect(await leastRaised(all, () => Promise.resolve(false))).toBeUndefined();
  });
});
