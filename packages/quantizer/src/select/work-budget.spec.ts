// What a budget buys: never more than it holds but for the first measurement, and the same on every machine.
import { referenceEngine } from '@wherry/graph';
import { judgedSamples } from './judged-samples.js';
import { select, type SelectOptions } from './select.js';
import { settingsText, type Settings } from './settings.js';
import { judgedCalibration, samplesOf, smallNetwork } from '../testing/small-network.js';
import { affordableSamples, WorkBudget } from './work-budget.js';

const graph = smallNetwork();
const options: SelectOptions = {
  method: 'auto',
  percentile: 99.99,
  correctBias: 'auto',
  equalize: false,
  granularity: () => 'per-axis',
  inputType: 'int8',
  outputType: 'int8',
};

async function selected(budgetSeconds: number | undefined) {
  const { calibration, judged } = await judgedCalibration(graph, samplesOf(graph, 64));
  const tried: Settings[] = [];
  const more = budgetSeconds === undefined ? options : { ...options, budgetSeconds };
  const result = await select(graph, calibration, referenceEngine, judged, more, (trial) => tried.push(trial));
  return { result, tried: tried.map(settingsText) };
}

it('tries nothing but the plainest without a budget, and says what it left out', async () => {
  const { result, tried } = await selected(0);
  expect(tried).toEqual(['min-max']);
  expect([result.chosen.method, result.chosen.correctBias, result.chosen.refined]).toEqual(['min-max', false, 0]);
  expect(result.budget!.leftOut).toBeGreaterThanOrEqual(3);
  expect(result.chosen.sqnrDb).toBeDefined();
});

it('tells every trial, and has room for all of them in a small model', async () => {
  const { result, tried } = await selected(undefined);
  expect(tried.slice(0, 4)).toEqual(['min-max', 'percentile', 'mse', expect.stringContaining('corrected biases')]);
  expect(result.budget!.leftOut).toBe(0);
  expect(result.budget!.spent).toBeLessThan(result.budget!.seconds);
});

it('stops in between, at the same place every time', async () => {
  const whole = (await selected(undefined)).result.budget!.spent;
  const [one, two] = [await selected(whole / 2), await selected(whole / 2)];
  expect(one.result.budget!.leftOut).toBeGreaterThan(0);
  expect(one.result.budget!.spent).toBeLessThanOrEqual(whole / 2);
  expect(one.tried).toEqual(two.tried);
});

it('counts work, of samples, of forms, and of a part of the graph', () => {
  const budget = new WorkBudget(graph, 1);
  expect(budget.costOf(0, 20)).toBeCloseTo(2 * budget.costOf(0, 10), 12);
  expect(budget.costOf(0, 20, 1 / 2)).toBeCloseTo(budget.costOf(0, 10), 12);
  expect(budget.costOf(1, 0)).toBeGreaterThan(0);
  expect([budget.affords(0.75), budget.affords(0.5), budget.affords(0.25)]).toEqual([true, false, true]);
  expect([budget.spent, budget.leftOut]).toEqual([1, 1]);
});

it('judges by more samples where more may be spent, within bounds', () => {
  expect(affordableSamples(graph, 20)).toBeCloseTo(10 * affordableSamples(graph, 2), -2);
  expect(judgedSamples(graph, 20)).toBeGreaterThanOrEqual(48);
  expect(judgedSamples(graph, 0)).toBe(8);
});
