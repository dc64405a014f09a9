// Ranges from collected statistics, against values worked out by hand.
import type { RangeMethod } from './range-methods.js';
import { inputRange, rangeOf } from './range.js';
import { StatisticsCollector } from './statistics.js';

function collect(samples: readonly (readonly number[])[], channels = 1): StatisticsCollector {
  const collector = new StatisticsCollector(channels);
  for (const sample of samples) expect(collector.add(Float32Array.from(sample))).toBeDefined();
  return collector;
}

const range = (collector: StatisticsCollector, method: RangeMethod, percentile = 99.9) =>
  rangeOf(collector, { method, percentile });

describe('rangeOf', () => {
  it('takes the extremes of all samples, and always zero', () => {
    expect(
      range(
        collect([
          [1, 2],
          [5, 3],
        ]),
        'min-max',
      ),
    ).toEqual({ min: 0, max: 5 });
    expect(
      range(
        collect([
          [-1, -2],
          [-5, -3],
        ]),
        'min-max',
      ),
    ).toEqual({ min: -5, max: 0 });
  });

  it('moves the average by one hundredth per sample', () => {
    const { min, max } = range(
      collect([
        [-1, 1],
        [-2, 101],
      ]),
      'moving-average',
    );
    expect(max).toBeCloseTo(1 + 0.01 * 100, 12);
    expect(min).toBeCloseTo(-1.01, 12);
  });

  it('cuts a lone outlier by percentile, and keeps it without', () => {
    const sample = Array.from({ length: 10_000 }, (_, i) => Math.sin(i));
    sample[17] = 50;
    const collector = collect([sample]);
    expect(range(collector, 'min-max').max).toBe(50);
    expect(range(collector, 'percentile', 99.9).max).toBeLessThan(1.1);
    expect(range(collector, 'percentile', 100).max).toBeCloseTo(50, 1);
  });

  it('keeps a share of the negative side', () => {
    expect(rangeOf(collect([[-8, 3]]), { method: 'min-max', percentile: 99.9, lowerShare: 1 / 4 })).toEqual({
      min: -2,
      max: 3,
    });
  });

  it('clips by least squared error when the tail is thin, and never beyond the data', () => {
    const sample = Array.from({ length: 20_000 }, (_, i) => (i % 200) / 200);
    sample[3] = 4;
    const mse = range(collect([sample]), 'mse');
    expect(mse.max).toBeLessThan(4);
    expect(mse.max).toBeGreaterThan(0.9);
    expect(mse.min).toBe(0);
  });
});

describe('inputRange', () => {
  it('gives bytes steps of exactly 1', () => {
    expect(inputRange(collect([[0, 200, 3]]))).toEqual({ min: 0, max: 255 });
    expect(inputRange(collect([[-100, 90]]))).toEqual({ min: -128, max: 127 });
    expect(inputRange(collect([[-150, 100]]))).toEqual({ min: -150, max: 105 });
  });

  it('takes what was seen of other values: fractions, few steps, too many', () => {
    expect(
      inputRange(
        collect([
          [0, 200],
          [0.5, 3],
        ]),
      ),
    ).toEqual({ min: 0, max: 200 });
    expect(inputRange(collect([[0, 63]]))).toEqual({ min: 0, max: 63 });
    expect(inputRange(collect([[0, 256]]))).toEqual({ min: 0, max: 256 });
  });
});

describe('StatisticsCollector', () => {
  it('refuses what is not finite and keeps what it had', () => {
    const collector = collect([[1, 2]]);
    expect(collector.add(Float32Array.of(1, NaN))).toBeUndefined();
    expect(collector.add(Float32Array.of(Infinity, 0))).toBeUndefined();
    expect([collector.samples, collector.min, collector.max]).toEqual([1, 1, 2]);
  });

  it('averages per channel over rows and samples', () => {
    expect([
      ...collect(
        [
          [1, 10, 3, 30],
          [5, 50, 7, 70],
        ],
        2,
      ).channelMean,
    ]).toEqual([4, 40]);
  });

  it('does not grow its histogram when the magnitude does', () => {
    const collector = collect([[0.001], [1], [1000], [-1e6]]);
    const seen: [number, number][] = [];
    collector.histogram.forEach((center, count) => seen.push([center, count]));
    expect(seen.reduce((sum, [, count]) => sum + count, 0)).toBe(4);
    expect(collector.histogram.counts.length).toBe(4096);
    expect(Math.abs(seen[0]![0] + 1e6)).toBeLessThan(collector.histogram.width);
  });
});
