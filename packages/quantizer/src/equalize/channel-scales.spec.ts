// Factors for channels: held against the noise of numbers that are really rounded, and against their bound.
import { GraphBuilder, type Graph } from '@wherry/graph';
import { randomValues } from '../testing/random-values.js';
import { gridOf } from '../calibrate/number-grid.js';
import type { AffineFormat } from '../plan/number-format.js';
import { schemes } from '../plan/schemes/index.js';
import { channelPairs } from './channel-pairs.js';
import { channelScales } from './channel-scales.js';

const channels = 4;
const outputs = 6;

/** Two dense layers, the second one's columns times `columns`. */
function twoLayers(columns: readonly number[]): Graph {
  const builder = new GraphBuilder('pair');
  const dense = (input: number, name: string, shape: readonly [number, number], weights: Float32Array): number =>
    builder.add(
      'FULLY_CONNECTED',
      [
        input,
        builder.constant(`${name}w`, shape, weights, 'float32'),
        builder.constant(`${name}b`, [shape[0]], new Float32Array(shape[0]), 'float32'),
      ],
      {},
      { origin: name },
    );
  const hidden = dense(builder.input('x', [1, 3], 'float32'), 'first', [channels, 3], randomValues(channels * 3, 1));
  const weights = randomValues(outputs * channels, 2).map((value, i) => value * columns[i % channels]!);
  return builder.finish([dense(hidden, 'second', [outputs, channels], weights)]);
}

/** Values of the tensor between them: each channel evenly spread over -range and range. */
const rowsOf = (ranges: readonly number[]): readonly number[][] =>
  Array.from({ length: 400 }, (_, row) =>
    Array.from(randomValues(channels, row + 1), (value, c) => value * ranges[c]!),
  );

/** Steps from end to end of activations, and from 0 of weights: worked out by hand. */
const numbers = {
  int8: { activations: 255, weights: 127 },
  int4: { activations: 255, weights: 7 },
  int16x8: { activations: 65534, weights: 127 },
} as const;
type Numbers = keyof typeof numbers;
const rounded = (value: number, by: number): number => Math.round(value / by) * by;

/** Squared error of the second layer's outputs, of weights and values rounded with those factors. */
function measuredNoise(graph: Graph, ranges: readonly number[], scales: ArrayLike<number>, of: Numbers): number {
  const { activations, weights } = numbers[of];
  const { consumer } = channelPairs(graph)[0]!;
  const weightOf = (o: number, c: number): number => consumer.weights[o * channels + c]!;
  const greatest = Math.max(...ranges.map((range, c) => range * scales[c]!));
  const valueStep = (2 * greatest) / activations;
  const weightSteps = Array.from(
    { length: outputs },
    (_, o) => Math.max(...ranges.map((_range, c) => Math.abs(weightOf(o, c)) / scales[c]!)) / weights,
  );
  let noise = 0;
  for (const row of rowsOf(ranges))
    weightSteps.forEach((weightStep, o) => {
      const errors = row.map((value, c) => {
        const [wanted, scaled] = [weightOf(o, c), weightOf(o, c) / scales[c]!];
        return rounded(scaled, weightStep) * rounded(value * scales[c]!, valueStep) - wanted * value;
      });
      noise += errors.reduce((sum, error) => sum + error, 0) ** 2;
    });
  return noise;
}

function found(graph: Graph, ranges: readonly number[], of: Numbers = 'int8'): Float64Array | undefined {
  const { activations, weights } = schemes[of];
  const grids = { activations: gridOf(activations as AffineFormat), weights: gridOf(weights as AffineFormat) };
  const ends = { min: Float64Array.from(ranges, (range) => -range), max: Float64Array.from(ranges) };
  const power = Float64Array.from(ranges, (range) => range ** 2 / 3);
  return channelScales(channelPairs(graph)[0]!, { written: ends, power }, grids);
}

/** (value / greatest) ** power. */
const evened = (values: readonly number[], power: number): number[] =>
  values.map((value) => (value / Math.max(...values)) ** power);

const cases: readonly (readonly [string, readonly number[], readonly number[]])[] = [
  ['loud and quiet channels, read alike', [1, 1 / 8, 1 / 30, 1 / 2], [1, 1, 1, 1]],
  ['quiet channels that are read strongly', [1, 1 / 8, 1 / 30, 1 / 2], [1, 8, 30, 2]],
  ['loud channels that are read strongly', [1, 1 / 8, 1 / 30, 1 / 2], [1, 1 / 8, 1 / 30, 1 / 2]],
  ['channels that are read unevenly', [1, 1, 1, 1], [1, 20, 1 / 20, 5]],
  ...Array.from({ length: 12 }, (_, i) => {
    const sizes = (seed: number): number[] => Array.from(randomValues(channels, seed), (value) => 20 ** value);
    return [`channels of any kind (${i})`, sizes(100 + i), sizes(200 + i)] as const;
  }),
];

it.each(cases)(
  'bring the noise of rounded numbers down as far as powers of ranges and weights can: %s',
  (_, ranges, columns) => {
    const graph = twoLayers(columns);
    const { consumer } = channelPairs(graph)[0]!;
    const noiseOf = (scales: ArrayLike<number>): number => measuredNoise(graph, ranges, scales, 'int8');
    const greatest = ranges.map((_range, c) =>
      Math.max(...Array.from({ length: outputs }, (_o, o) => Math.abs(consumer.weights[o * channels + c]!))),
    );
    const tried = [0, 0.25, 0.5, 0.75, 1].flatMap((range) =>
      [0, 0.25, 0.5].map((weight) => {
        const byWeight = evened(greatest, weight);
        return evened(ranges, -range).map((scale, c) => Math.min(64, Math.max(1 / 64, scale * byWeight[c]!)));
      }),
    );
    const noise = noiseOf(found(graph, ranges) ?? [1, 1, 1, 1]);
    expect(noise / Math.min(...tried.map(noiseOf))).toBeLessThan(1.3);
  },
);

it.each(['int4', 'int16x8'] as const)('weigh values against weights by the steps that %s has for either', (of) => {
  // In decibels, the mean over all cases: of so few weights a single one may fall well or badly.
  const gains = cases.map(([, ranges, columns]) => {
    const graph = twoLayers(columns);
    const [own, bytes] = ([of, 'int8'] as const).map((by) =>
      measuredNoise(graph, ranges, found(graph, ranges, by) ?? [1, 1, 1, 1], of),
    );
    return 10 * Math.log10(bytes! / own!);
  });
  const gain = gains.reduce((sum, each) => sum + each) / gains.length;
  expect(gain).toBeGreaterThan(1);
});

it('make no channel more than 64 times larger, however small it is', () => {
  const scales = found(twoLayers([1, 1, 1e4, 1]), [1, 1, 1e-4, 1]);
  expect(Math.max(...scales!)).toBe(64);
});
