// What is foretold of random graphs without a sample, held against what becomes of them with any ranges.
import { GraphBuilder, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { apply } from '../apply/apply.js';
import type { Calibration } from '../calibrate/calibrate.js';
import type { TensorStatistics } from '../calibrate/statistics.js';
import { planned, usual } from '../testing/planned.js';
import { foretell } from './foretell.js';

const options = usual;

function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (Math.imul(state, 48271) >>> 0) % 2147483647) % below;
}

/** Nodes with fixed scales, with shared ones and with weights, some of which two nodes share. */
function randomGraph(seed: number): Graph {
  const random = randomNumbers(seed);
  const builder = new GraphBuilder(`random ${seed}`);
  const values = [builder.input('x', [1, 4], 'float32')];
  const fraction = (): number => (random(2001) - 1000) / 1000;
  const constant = (name: string, shape: readonly number[]): TensorId =>
    builder.constant(name, shape, Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, fraction), 'float32');
  const shared = { weights: constant('w', [4, 4]), bias: constant('b', [4]), addend: constant('k', [1, 4]) };
  for (let n = 0; n < 3 + random(9); n++) {
    const [input, other] = [values[random(values.length)]!, values[random(values.length)]!];
    const made = { origin: `n${n}` };
    const sum = (both: readonly TensorId[]): TensorId => {
      const all = builder.add('CONCATENATION', both, { axis: 0 }, made);
      return builder.add('MEAN', [all, builder.indices('axes', [0])], { keepDims: true }, { origin: `m${n}` });
    };
    const makers: readonly (() => TensorId)[] = [
      () => builder.add('LOGISTIC', [input], {}, made),
      () => builder.add('TANH', [input], {}, made),
      () => builder.add('RELU', [input], {}, made),
      () => builder.add('ADD', [input, other], {}, made),
      () => builder.add('ADD', [input, shared.addend], {}, made),
      () => sum([input, other]),
      () => sum([input, shared.addend]),
      () => builder.add('FULLY_CONNECTED', [input, shared.weights, shared.bias], {}, made),
      () => builder.add('FULLY_CONNECTED', [input, constant(`w${n}`, [4, 4]), constant(`b${n}`, [4])], {}, made),
    ];
    values.push(makers[random(makers.length)]!());
  }
  return builder.finish([values.at(-1)!]);
}

/** Any ranges, and often those that a fixed scale covers, where no QUANTIZE is needed. */
function randomRanges(graph: Graph, seed: number): Calibration {
  const random = randomNumbers(seed);
  const ranges = [
    { min: 0, max: 0.9 },
    { min: 0, max: 255 / 256 },
    { min: -1, max: 127 / 128 },
    { min: -0.5, max: 0.5 },
    { min: -3, max: 7 },
    { min: 0, max: 255 },
  ];
  const statistics = new Map<TensorId, TensorStatistics>();
  const add = (id: TensorId): unknown =>
    tensorAt(graph, id).dtype === 'float32' &&
    statistics.set(id, { samples: 1, whole: false, ...ranges[random(ranges.length)]! } as TensorStatistics);
  graph.inputs.forEach(add);
  for (const node of graph.nodes) node.outputs.forEach(add);
  return {
    samples: 1,
    statistics,
    channelsOf: () => {
      throw new RangeError('nothing was measured');
    },
  };
}

const kindsOf = (graph: Graph): readonly string[] => graph.nodes.map(({ kind }) => kind);
const without = (kinds: readonly string[]): readonly string[] => kinds.filter((kind) => kind !== 'QUANTIZE');
const constantsOf = (graph: Graph): number =>
  new Set(
    graph.nodes.flatMap(({ inputs }) => inputs.filter((id) => id !== null && tensorAt(graph, id).data !== undefined)),
  ).size;

it('has no node and no constant too many at least, none too few at most, whatever the ranges are', () => {
  const seen = { certain: 0, between: 0, least: 0, most: 0 };
  for (let seed = 1; seed <= 150; seed++) {
    const graph = randomGraph(seed);
    const { least, most: makeMost, certain } = foretell(graph, options);
    const most = makeMost();
    for (let ranges = 1; ranges <= 4; ranges++) {
      const decided = planned(graph, randomRanges(graph, seed * 31 + ranges), {
        range: { method: 'min-max', percentile: 100 },
      });
      const made = apply(graph, decided).graph;
      const [few, some, many] = [least.graph, made, most.graph].map((each) => each.nodes.length) as [
        number,
        number,
        number,
      ];
      expect([seed, few <= some, some <= many]).toEqual([seed, true, true]);
      expect([without(kindsOf(least.graph)), without(kindsOf(most.graph))]).toEqual([
        without(kindsOf(made)),
        without(kindsOf(made)),
      ]);
      expect(constantsOf(least.graph)).toBeLessThanOrEqual(constantsOf(made));
      if (certain) expect(kindsOf(least.graph)).toEqual(kindsOf(made));
      seen[certain ? 'certain' : some === few ? 'least' : some === many ? 'most' : 'between'] += 1;
    }
  }
  // Each of the cases was there.
  expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
});

it('gives equal numbers at least, and no two equal ones at most', () => {
  const { least, most } = foretell(randomGraph(3), options);
  const scalesOf = (graph: Graph): readonly string[] =>
    graph.tensors.flatMap(({ quantization }) => (quantization === undefined ? [] : [quantization.scale.join()]));
  expect(scalesOf(least.graph).every((scales) => /^1(,1)*$/.test(scales))).toBe(true);
  expect(new Set(scalesOf(most().graph)).size).toBe(scalesOf(most().graph).length);
});

it('has the weights that layers share once at most, and what else they share so often as it is read', () => {
  const builder = new GraphBuilder('shared');
  const constant = (name: string, shape: readonly number[]): TensorId =>
    builder.constant(name, shape, new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5), 'float32');
  const [weights, bias] = [constant('w', [4, 4]), constant('b', [4])];
  let value = builder.input('x', [1, 4], 'float32');
  for (const origin of ['first', 'second', 'third'])
    value = builder.add('FULLY_CONNECTED', [value, weights, bias], {}, { origin });
  const { nodes } = foretell(builder.finish([value]), options).most().graph;
  const readAs = (input: number): number => new Set(nodes.map(({ inputs }) => inputs[input])).size;
  expect([1, 2].map(readAs)).toEqual([1, 3]);
});

it('leaves what stands for no real value as it is, and what it was given', () => {
  const builder = new GraphBuilder('axes');
  const input = builder.input('x', [1, 4], 'float32');
  const graph = builder.finish([
    builder.add('MEAN', [input, builder.indices('axes', [1])], { keepDims: true }, { origin: 'mean' }),
  ]);
  const { least } = foretell(graph, options);
  const axes = least.graph.tensors.find(({ name }) => name === 'axes');
  expect([...(axes!.data as Int32Array)]).toEqual([1]);
  expect(least.graph.tensors.every(({ shape }, id) => shape.length === graph.tensors[id]!.shape.length)).toBe(true);
});

it('refuses what no sample could make int8', () => {
  const builder = new GraphBuilder('computed weights');
  const [input, weights] = [builder.input('x', [1, 4], 'float32'), builder.input('w', [4, 4], 'float32')];
  const graph = builder.finish([builder.add('FULLY_CONNECTED', [input, weights, null], {}, { origin: 'dense' })]);
  expect(() => foretell(graph, options)).toThrow(/QUANT_WEIGHTS_NOT_CONSTANT/);
});
