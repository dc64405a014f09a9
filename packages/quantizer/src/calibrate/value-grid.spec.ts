// Bytes that were divided, or int8 that was read with a scale, are told by their values, whatever order and parts they come in.
import { randomValues } from '../testing/random-values.js';
import { DistinctValues } from './distinct-values.js';
import { inputRange } from './range.js';
import { StatisticsCollector } from './statistics.js';
import { gridStep } from './value-grid.js';

const integers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const onGrid = (places: readonly number[], step: number): Float32Array =>
  Float32Array.from(places, (place) => Math.fround(Math.fround(step) * place)).sort();

function collected(...parts: readonly (readonly Float32Array[])[]) {
  const collectors = parts.map((samples) => {
    const collector = new StatisticsCollector(1, { histograms: false, moving: false, distinct: true });
    samples.forEach((sample) => collector.add(sample));
    return collector;
  });
  return StatisticsCollector.merged(
    // As they come from another thread.
    collectors.map((collector) => StatisticsCollector.from(collector.state)),
    undefined,
  );
}

describe('gridStep', () => {
  it('is that of bytes that were divided or scaled', () => {
    expect(gridStep(onGrid(integers(0, 15), 0.5))).toBe(0.5);
    expect(gridStep(onGrid(integers(0, 255), 1 / 255))).toBeCloseTo(1 / 255, 9);
    expect(gridStep(onGrid(integers(-83, 60), 0.584703))).toBeCloseTo(0.584703, 7);
    // Not every place is taken, only two neighbours somewhere.
    expect(gridStep(onGrid([...integers(0, 100).filter((place) => place % 2 === 0), 101, 200], 0.1))).toBeCloseTo(
      0.1,
      7,
    );
  });

  it('is none of too few values, of a grid without 0, of more places than a byte has, of values on none', () => {
    expect(gridStep(onGrid(integers(0, 14), 0.5))).toBeUndefined();
    expect(gridStep(onGrid(integers(0, 40), 0.5).map((value) => value + 0.2))).toBeUndefined();
    expect(gridStep(onGrid([...integers(0, 40), 256], 0.5))).toBeUndefined();
    expect(gridStep(onGrid(integers(10, 200), 0.5).map((value) => value + 90))).toBeUndefined();
    expect(gridStep(randomValues(200, 1).sort())).toBeUndefined();
    expect(gridStep(onGrid(integers(0, 200), 0.5).map((value, i) => value + (i === 77 ? 0.004 : 0)))).toBeUndefined();
  });
});

describe('DistinctValues', () => {
  it('are each once, both zeros as one, until they are more than a byte holds', () => {
    const values = new DistinctValues();
    values.addAll(Float32Array.of(3, -0, 0, 3, -1.5));
    expect([...values.state!]).toEqual([-1.5, 0, 3]);
    values.addAll(Float32Array.from(integers(10, 262)));
    expect(values.state).toHaveLength(256);
    values.addAll(Float32Array.of(3, 10));
    expect(values.state).toHaveLength(256);
    values.addAll(Float32Array.of(-7));
    expect(values.state).toBeNull();
    const other = new DistinctValues();
    other.join(values);
    expect(other.state).toBeNull();
  });
});

describe('the range of an input that was a byte', () => {
  const step = 0.584703;

  it('has its steps, and what is left over at both ends', () => {
    const { min, max } = inputRange(collected([onGrid(integers(-80, 20), step)]));
    expect((max - min) / 255).toBeCloseTo(step, 7);
    expect([min / step, max / step].map((end) => Math.round(end))).toEqual([-204, 51]);
    expect(min / step).toBeCloseTo(-204, 4);
  });

  it('is found across halves that show half of it each', () => {
    const halves = [[onGrid(integers(-40, -1), step)], [onGrid(integers(0, 40), step)]];
    expect(inputRange(collected(...halves)).max / step).toBeCloseTo(128, 4);
  });

  it('is what was seen where one half is on no grid, and of what is no input', () => {
    const steps = onGrid(integers(-80, 20), step);
    const off = Float32Array.of(0.3, 0.31);
    expect(inputRange(collected([steps], [off]))).toEqual({ min: steps[0], max: steps.at(-1) });
    const hidden = new StatisticsCollector(1);
    hidden.add(steps);
    expect(inputRange(hidden)).toEqual({ min: steps[0], max: steps.at(-1) });
  });
});
