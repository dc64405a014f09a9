// The least squared error clips a lone outlier on either side, and where both have one on both.
import { rangeOf } from './range.js';
import { StatisticsCollector } from './statistics.js';

/** Values spread over -1 and 1, with outliers among them. */
function least(...outliers: readonly number[]) {
  const collector = new StatisticsCollector(1);
  const values = Float32Array.from({ length: 300_000 }, (_, i) => ((i % 201) - 100) / 100);
  outliers.forEach((value, i) => (values[17 * i + 3] = value));
  collector.add(values);
  return rangeOf(collector, { method: 'mse', percentile: 99.99 });
}

it.each([[[-4]], [[4]], [[4, -4]]])('with %j', (outliers) => {
  const { min, max } = least(...outliers);
  expect(max).toBeGreaterThan(0.9);
  expect(max).toBeLessThan(3);
  expect(min).toBeLessThan(-0.9);
  expect(min).toBeGreaterThan(-3);
});
