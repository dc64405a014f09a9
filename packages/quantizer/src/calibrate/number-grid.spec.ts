// Ranges and even channels by the integers that there are: what 8 bits have to clip, 16 bits have steps for.
import { affine } from '../plan/number-format.js';
import { gridOf } from './number-grid.js';
import { rangeOf } from './range.js';
import { StatisticsCollector } from './statistics.js';

const words = gridOf(affine('int16', { symmetric: true }));

/** Many values about 0, and few far ones. */
function collected(): StatisticsCollector {
  const collector = new StatisticsCollector(1);
  const values = Float32Array.from({ length: 200_000 }, (_, i) => ((i % 2001) - 1000) / 1000);
  [8, -8].forEach((value, i) => (values[i * 1000] = value));
  collector.add(values);
  return collector;
}

it('has as many steps as the integers', () => {
  expect(gridOf(affine('int8'))).toEqual({ steps: 255, symmetric: false });
  expect(words).toEqual({ steps: 65534, symmetric: true });
  expect(gridOf(affine('int4', { symmetric: true, narrow: true }))).toEqual({ steps: 14, symmetric: true });
});

it.each(['mse', 'entropy'] as const)('clips nothing of 16 bits that only 8 bits have no steps for: %s', (method) => {
  const options = { method, percentile: 99.99 };
  const [bytes, whole] = [rangeOf(collected(), options), rangeOf(collected(), options, words)];
  expect(bytes.max).toBeLessThan(6);
  expect(whole).toEqual({ min: -8, max: 8 });
});
