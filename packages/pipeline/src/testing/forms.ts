// Quantized forms of float graphs with ranges that no sample made, for the tests that hold what is foreseen against them.
import { elementCount, GraphBuilder, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import {
  apply,
  chooseRanges,
  plan,
  type Calibration,
  type Form,
  type SelectOptions,
  type TensorStatistics,
} from '@wherry/quantizer';

export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (Math.imul(state, 48271) >>> 0) % 2147483647) % below;
}

const ranges = [
  { min: 0, max: 0.9 },
  { min: -1, max: 127 / 128 },
  { min: -0.5, max: 0.5 },
  { min: -3, max: 7 },
  { min: 0, max: 255 },
];

/** As it would be with ranges drawn from a few, among them those that fixed scales have. */
export function formWithRanges(graph: Graph, options: SelectOptions, seed: number): Form {
  const random = randomNumbers(seed);
  const statistics = new Map<TensorId, TensorStatistics>();
  const add = (id: TensorId): void => {
    if (tensorAt(graph, id).dtype === 'float32')
      statistics.set(id, { samples: 1, whole: false, ...ranges[random(ranges.length)]! } as TensorStatistics);
  };
  graph.inputs.forEach(add);
  for (const node of graph.nodes) node.outputs.forEach(add);
  const channelsOf = (): never => {
    throw new RangeError('nothing was measured');
  };
  const calibration: Calibration = { samples: 1, statistics, channelsOf };
  const decided = plan(graph, chooseRanges(graph, calibration, { method: 'min-max', percentile: 100 }), options);
  return { ...apply(graph, decided), plan: decided };
}

/** Small convolutional graphs with branches, fixed and shared scales, and weights of which some are the same. */
export function randomFloatGraph(seed: number): Graph {
  const random = randomNumbers(seed);
  const builder = new GraphBuilder(`random ${seed}`);
  const side = 4 + 2 * random(4);
  const values = [builder.input('x', [1, side, side, 4], 'float32')];
  const isZero = random(4) === 0;
  const constant = (name: string, shape: readonly number[]): TensorId =>
    builder.constant(
      name,
      shape,
      Float32Array.from({ length: elementCount(shape) }, () => (isZero ? 0 : (random(2001) - 1000) / 1000)),
      'float32',
    );
  const pointwise = [constant('shared', [4, 1, 1, 4]), constant('shared bias', [4])] as const;
  for (let n = 0; n < 2 + random(9); n++) {
    const [input, other] = [values[random(values.length)]!, values[random(values.length)]!];
    const made = { origin: `n${n}` };
    const own = (): readonly [TensorId, TensorId] => [constant(`w${n}`, [4, 1, 1, 4]), constant(`b${n}`, [4])];
    const both = (between?: 'SOFTMAX'): TensorId => {
      const joined = builder.add('CONCATENATION', [input, other], { axis: 3 }, made);
      // With more channels than rows some runtimes have a fault.
      const wide = between === undefined ? joined : builder.add(between, [joined], {}, { origin: `s${n}` });
      const filter = [constant(`w${n}`, [4, 3, 3, 8]), constant(`b${n}`, [4])];
      return builder.add('CONV_2D', [wide, ...filter], { padding: 'SAME' }, { origin: `c${n}` });
    };
    const makers: readonly (() => TensorId)[] = [
      () => builder.add('LOGISTIC', [input], {}, made),
      () => builder.add('TANH', [input], {}, made),
      () => builder.add('RELU', [input], {}, made),
      () => both('SOFTMAX'),
      () => builder.add('ADD', [input, other], {}, made),
      () => both(),
      () => both(),
      () => builder.add('CONV_2D', [input, ...pointwise], {}, made),
      () => builder.add('CONV_2D', [input, ...own()], {}, made),
    ];
    values.push(makers[random(makers.length)]!());
  }
  return builder.finish([values.at(-1)!]);
}
