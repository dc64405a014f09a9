// The divergence that is least, against one that is worked out value by value, and what a clipped tail costs.
import { randomValues } from '../testing/random-values.js';
import { leastDivergenceRange } from './least-divergence-range.js';
import { rangeOf } from './range.js';
import { StatisticsCollector } from './statistics.js';

function collected(...samples: readonly Float32Array[]): StatisticsCollector {
  const collector = new StatisticsCollector(1);
  samples.forEach((sample) => collector.add(sample));
  return collector;
}

const draws = randomValues(60_000, 3);
/** Sums of six values within 1. */
const bell = draws.map((_, i) => [0, 1, 2, 3, 4, 5].reduce((sum, k) => sum + draws[(i + 977 * k) % draws.length]!, 0));
const options = { method: 'entropy', percentile: 99.99 } as const;

it('cuts off a thin tail on either side, and keeps all of what fills its range', () => {
  const spread = rangeOf(collected(bell.map((value, i) => (i % 20_000 === 7 ? 60 : value))), options);
  expect(spread.max).toBeGreaterThan(3);
  expect(spread.max).toBeLessThan(20);
  const below = rangeOf(collected(bell.map((value, i) => (i % 20_000 === 7 ? -60 : value))), options);
  expect(below.min).toBeLessThan(-3);
  expect(below.min).toBeGreaterThan(-20);
  const filled = collected(Float32Array.from(draws, (value) => Math.abs(value)));
  expect(rangeOf(filled, options)).toEqual({ min: 0, max: filled.max });
});

it('is not narrowed by zeros, however many a RELU leaves', () => {
  const rectified = collected(bell.map((value) => Math.max(0, value)));
  const mostlyZero = collected(
    bell.map((value) => Math.max(0, value)),
    new Float32Array(1_000_000),
  );
  expect(rangeOf(mostlyZero, options)).toEqual(rangeOf(rectified, options));
});

it('holds no values, one value and zeros alone', () => {
  expect(rangeOf(collected(new Float32Array(9)), options)).toEqual({ min: 0, max: 0 });
  expect(rangeOf(collected(Float32Array.of(5, 5, 5)), options)).toEqual({ min: 0, max: 5 });
});

it('has the least divergence of all that it tries, as the definition has it', () => {
  const collector = collected(bell.slice(0, 20_000).map((value, i) => (i % 5000 === 7 ? 40 : Math.abs(value))));
  const whole = { min: 0, max: collector.max };
  const { max } = leastDivergenceRange(collector.histogram, whole);
  const tried = Array.from({ length: 49 }, (_, i) => (whole.max * (64 - i)) / 64);
  const values: number[] = [];
  collector.histogram.forEach((center, count) => {
    if (center > collector.histogram.width) for (let i = 0; i < count; i++) values.push(center);
  });
  const least = tried.map((end) => [end, divergenceOf(values, end)] as const).sort((a, b) => a[1] - b[1])[0]!;
  expect(max).toBe(least[0]);
  expect(max).toBeLessThan(whole.max);
});

/** Of positive values that 256 integers from 0 to `end` hold: what a value's place weighs among those of its integer is even. */
function divergenceOf(values: readonly number[], end: number): number {
  const scale = end / 255;
  const places = new Map<number, { readonly level: number; count: number; clipped: number }>();
  const greatest = values.filter((value) => value <= end + scale / 2).reduce((most, value) => Math.max(most, value), 0);
  for (const value of values) {
    const place = Math.min(value, greatest);
    const known = places.get(place) ?? { level: Math.round(place / scale), count: 0, clipped: 0 };
    if (value > place) known.clipped += 1;
    else known.count += 1;
    places.set(place, known);
  }
  const kept = [...places.values()].reduce((sum, { count }) => sum + count, 0);
  return [...places.values()].reduce((sum, { level, count, clipped }) => {
    const alike = [...places.values()].filter((other) => other.level === level);
    const told = alike.reduce((total, each) => total + each.count, 0) / alike.length / kept;
    const share = (count + clipped) / values.length;
    return sum + share * Math.log(share / told);
  }, 0);
}
