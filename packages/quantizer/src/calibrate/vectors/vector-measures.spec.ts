// The kernels against plain code, bit for bit: odd and even numbers of columns, values at the edges of bins, and what is not finite.
import { randomValues } from '../../testing/random-values.js';
import { plainMeasures, type Counts, type Measures } from '../measures.js';
import { measuresOfThisMachine } from './vector-measures.js';

const middle = 128;

function valuesOf(count: number, seed: number): Float32Array {
  // Zeros and whole numbers beside the rest, as behind a ReLU; edges of bins; and what is too small to move a sum.
  return randomValues(count, seed).map(
    (value, i) => [value * 9, 0, Math.round(value * 9), -8, 8 - 2 ** -20, -1e-30][i % 6]!,
  );
}

const onBoth = <T>(measure: (measures: Measures) => T): [T, T] => {
  const vectors = measuresOfThisMachine();
  expect(vectors).not.toBe(plainMeasures);
  return [measure(vectors), measure(plainMeasures)];
};

describe.each([
  [1, 7],
  [3, 50],
  [4, 1],
  [5, 33],
  [8, 100],
  [64, 49],
])('%i columns of %i rows', (channels, rows) => {
  const samples = [1, 2, 3].map((seed) => valuesOf(channels * rows, seed));

  it('have the same ends, sums and wholeness', () => {
    const [ours, plain] = onBoth((measures) => {
      const sums = new Float64Array(channels);
      const surveys = samples.map((values) => measures.of(values).survey(sums));
      const whole = measures.of(samples[0]!.map(Math.round)).survey(sums);
      return { surveys, whole, sums };
    });
    expect(ours).toEqual(plain);
    expect(ours.whole.whole).toBe(true);
    expect(ours.surveys[0]!.whole).toBe(false);
  });

  it('have the same ends of channels, and the same bins', () => {
    const [ours, plain] = onBoth((measures) => {
      const counts: Counts[] = [measures.counts(3), measures.counts(2 * middle * channels)];
      const inverses = Float64Array.from({ length: channels }, (_, c) => 2 ** (3 - (c % 3)));
      const bins = new Float64Array(2 * middle);
      const ends = samples.map((values) => {
        const measured = measures.of(values.map((value) => value / 2));
        measured.tally(2 ** 4, middle, bins);
        measured.tallyChannels(inverses, middle, counts[1]!);
        return measured.channelEnds(channels);
      });
      return { ends, bins, perChannel: counts[1]!.values.slice(), beside: counts[0]!.values.slice() };
    });
    expect(ours).toEqual(plain);
    expect(ours.bins.reduce((sum, count) => sum + count)).toBe(3 * channels * rows);
    expect(ours.beside).toEqual(new Uint32Array(3));
  });

  it('count from zero where a tensor has lain', () => {
    const [ours, plain] = onBoth((measures) => {
      measures.of(samples[0]!).survey(new Float64Array(channels));
      return measures.counts(channels * rows).values.slice();
    });
    expect(ours).toEqual(plain);
  });

  it.each([NaN, Infinity, -Infinity])('tell %p wherever it is', (broken) => {
    for (const at of [0, channels * rows - 1, (channels * rows) >> 1]) {
      const values = samples[0]!.slice();
      values[at] = broken;
      for (const { finite } of onBoth((measures) => measures.of(values).survey(new Float64Array(channels))))
        expect(finite).toBe(false);
    }
  });
});

/** Values that fill the kernels' memory to its last byte behind what is counted: whatever a measure adds has to be made room for. */
const pageValues = 65536 / 4;

describe.each([
  ['nothing', 0],
  ['bins', 2 * middle * 4],
])('memory that is full, with %s in front', (_, counted) => {
  const values = valuesOf(pageValues - counted, 4);

  it.each<[string, (measures: Measures, counts: Counts) => unknown]>([
    ['survey', (measures) => measures.of(values).survey(new Float64Array(4))],
    ['ends of channels', (measures) => measures.of(values).channelEnds(4)],
    [
      'bins',
      (measures) => {
        const bins = new Float64Array(2 * middle);
        measures.of(values).tally(8, middle, bins);
        return bins;
      },
    ],
    [
      'bins of channels',
      (measures, counts) => {
        const measured = measures.of(values);
        if (counted > 0) measured.tallyChannels(new Float64Array(4).fill(8), middle, counts);
        return undefined;
      },
    ],
  ])('grows for the %s, and leaves what was counted', (__, measure) => {
    const [ours, plain] = onBoth((measures) => {
      const counts = measures.counts(counted);
      if (counted > 0) measures.of(valuesOf(8, 5)).tallyChannels(new Float64Array(4).fill(8), middle, counts);
      return { measured: measure(measures, counts), counts: counts.values.slice() };
    });
    expect(ours).toEqual(plain);
  });
});

it('counts more of one value than 16 bits hold', () => {
  const values = new Float32Array(4 * pageValues * 3);
  const [ours, plain] = onBoth((measures) => {
    const counts = measures.counts(2 * middle);
    const bins = new Float64Array(2 * middle);
    measures.of(values).tallyChannels(Float64Array.of(1), middle, counts);
    measures.of(values).tally(1, middle, bins);
    return [bins[middle], counts.values[middle]];
  });
  expect([ours, plain]).toEqual([
    [values.length, values.length],
    [values.length, values.length],
  ]);
});

it.each([1, 4])('do not tell the two zeros apart, in %i columns', (channels) => {
  const values = Float32Array.of(-0, 0, 0, 1, -0, 0, -0, 0);
  const [ours, plain] = onBoth((measures) => [
    measures.of(values).survey(new Float64Array(channels)),
    measures.of(values.map((value) => -value)).survey(new Float64Array(channels)),
  ]);
  expect(ours).toEqual(plain);
});
