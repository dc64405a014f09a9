// Errors of two models and what chance makes of them, against figures computed the long way.
import { readFileSync } from 'node:fs';
import { SampleUnits } from '../statistics/sample-units.js';
import { ErrorTally } from './error-tally.js';

interface Golden {
  readonly float: readonly number[];
  readonly quantized: readonly number[];
  readonly unitOf: readonly number[];
  readonly mae: number;
  readonly maeInterval: readonly [number, number];
  readonly rmse: number;
  readonly rmseInterval: readonly [number, number];
}

const { means } = JSON.parse(readFileSync(new URL('../../fixtures/statistics.json', import.meta.url), 'utf8')) as {
  readonly means: readonly Golden[];
};

function tallied({ float, quantized, unitOf }: Pick<Golden, 'float' | 'quantized' | 'unitOf'>) {
  const [tally, units] = [new ErrorTally(), new SampleUnits()];
  float.forEach((error, i) => {
    tally.begin();
    units.add(0, unitOf[i]);
    tally.add(error, quantized[i]!);
  });
  return { ...tally.means, chance: tally.chance(units.result) };
}

it.each(means)('mean and root mean square, case %#', (golden) => {
  const { floatMae, quantizedMae, floatRmse, quantizedRmse, chance } = tallied(golden);
  expect(quantizedMae - floatMae).toBeCloseTo(golden.mae, 9);
  expect(quantizedRmse - floatRmse).toBeCloseTo(golden.rmse, 9);
  const close = (interval: readonly number[]): unknown[] => interval.map((each) => expect.closeTo(each, 4) as unknown);
  expect([chance!.mae.low, chance!.mae.high]).toEqual(close(golden.maeInterval));
  expect([chance!.rmse.low, chance!.rmse.high]).toEqual(close(golden.rmseInterval));
});

it('calls a greater error a loss only where that is beyond chance', () => {
  const wave = Array.from({ length: 60 }, (_, i) => 1 + 0.5 * Math.sin(7.3 * i));
  const unitOf = wave.map((_, i) => i);
  const worse = (change: (error: number, i: number) => number) =>
    tallied({ float: wave, quantized: wave.map(change), unitOf }).chance!.mae.verdict;
  expect(worse((error) => error + 0.1)).toBe('loss');
  expect(worse((error) => error - 0.1)).toBe('gain');
  expect(worse((error, i) => error + (i === 30 ? 0.5 : 0))).toBe('within chance');
  expect(tallied({ float: [1], quantized: [2], unitOf: [0] }).chance).toBeUndefined();
});
