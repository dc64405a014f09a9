// The search for ranges of single tensors: what it takes for better, and what it hands on to be confirmed.
import { graphCost } from '@wherry/graph';
import { errorsIn } from '../testing/known-errors.js';
import { calibrated, samplesOf, smallNetwork } from '../testing/small-network.js';
import type { Challenge, Contest } from './contest.js';
import type { SampleErrors } from './evidence.js';
import { Forms, type FormOptions } from './forms.js';
import type { ForFold } from './held-out-judge.js';
import { affordableSteps, refineRanges } from './refine-ranges.js';
import type { Settings } from './settings.js';
import { WorkBudget } from './work-budget.js';

const graph = smallNetwork();
const calibration = await calibrated(graph, samplesOf(graph, 32));
const options: FormOptions = {
  percentile: 99.99,
  scheme: 'int8',
  granularity: () => 'per-axis',
  inputType: 'int8',
  outputType: 'int8',
};
const forms = new Forms(graph, calibration, options, 1);
const start: Settings = {
  method: 'min-max',
  correctBias: false,
  equalized: false,
  overrides: new Map(),
  outputErrors: undefined,
};
const demand = { margin: 0, certainty: 1 };
const even = errorsIn('explore', () => 0);

interface Search {
  readonly measured: number;
  readonly challenges: readonly { readonly settings: Settings; readonly asked: Challenge }[];
}

/** `errorsOf`: what the exploring samples say of settings. */
async function searched(
  errorsOf: (settings: Settings) => SampleErrors,
  count = 16,
  budget = new WorkBudget(graph, 1),
): Promise<Search> {
  const made = new Map<ForFold, Settings>();
  const challenges: { settings: Settings; asked: Challenge }[] = [];
  let measured = 0;
  const contest = {
    budget,
    champion: { settings: start, explored: even, confirmed: errorsIn('confirm', () => 0) },
    forFold: (settings: Settings) => {
      const base = forms.forFold(settings);
      const forFold: ForFold = (fold) => base(fold);
      made.set(forFold, settings);
      return forFold;
    },
    judge: {
      count: () => count,
      measure: (forFold: ForFold) => {
        measured += 1;
        return Promise.resolve({ errors: errorsOf(made.get(forFold)!), recordings: [] });
      },
    },
    challenge: (settings: Settings, asked: Challenge) => {
      challenges.push({ settings, asked });
      return Promise.resolve(true);
    },
  };
  await refineRanges(
    contest as unknown as Contest,
    { graph, calibration, percentile: 99.99, schemes: { scheme: 'int8' } },
    demand,
  );
  return { measured, challenges };
}
const clips = ({ overrides }: Settings): boolean =>
  [...overrides.values()].some(({ percentile, method }) => method === 'percentile' && percentile === 99.9);

it('searches as far as the budget goes, group by group', async () => {
  const { measured } = await searched(() => even);
  const budget = new WorkBudget(graph, 1);
  const part = new WorkBudget(graph, budget.costOf(8, 8 * 16) * 1.01);
  const { measured: fewer } = await searched(() => even, 16, part);
  expect([fewer, part.leftOut]).toEqual([1 + 8, 1]);
  expect(measured).toBeGreaterThan(fewer);
  expect((await searched(() => even, 16, new WorkBudget(graph, 0))).measured).toBe(0);
});

it('counts what it records, and of every group all trials on the part of the graph behind it', async () => {
  const budget = new WorkBudget(graph, 1);
  await searched(() => even, 16, budget);
  const steps = affordableSteps(forms.whole(start), {
    graph,
    calibration,
    samples: 16,
    percentile: 99.99,
    schemes: { scheme: 'int8' },
  });
  const trials = steps.reduce((sum, { share }) => sum + budget.costOf(8, 8 * 16, share), 0);
  expect(budget.spent).toBeCloseTo(budget.costOf(0, 16) + trials, 12);
  expect(steps.map(({ share }) => share)).toEqual(steps.map(({ share }) => share).sort((a, b) => a - b));
  expect(steps[0]!.share).toBeLessThan(0.5);
});

it('hands on what is better beyond chance, with what it was found by', async () => {
  const better = errorsIn('explore', () => 3);
  const { challenges } = await searched((settings) => (clips(settings) ? better : even));
  expect(challenges).toHaveLength(1);
  const [{ settings, asked }] = challenges as [Search['challenges'][number]];
  expect(clips(settings)).toBe(true);
  expect(settings.overrides.size).toBe(1);
  // So that the contest counts the confirming samples alone.
  expect(asked).toEqual({ ...demand, explored: better });
});

it('takes no luck for better, nor what is hardly better', async () => {
  const lucky = errorsIn('explore', (nth) => 0.7 + (nth % 2 === 0 ? 3 : -3));
  expect((await searched((settings) => (clips(settings) ? lucky : even))).challenges).toEqual([]);
  const hardly = errorsIn('explore', () => 0.05);
  expect((await searched((settings) => (clips(settings) ? hardly : even))).challenges).toEqual([]);
});

it('searches on 16 samples or more', async () => {
  expect((await searched(() => even, 15)).measured).toBe(0);
  expect((await searched(() => even, 16)).measured).toBeGreaterThan(7);
});

it('walks from the outputs to the inputs, as far as the work is affordable', () => {
  const base = forms.whole(start);
  const steps = affordableSteps(base, {
    graph,
    calibration,
    samples: 16,
    percentile: 99.99,
    schemes: { scheme: 'int8' },
  });
  const positions = steps.map(({ position }) => position);
  expect(positions).toEqual([...positions].sort((a, b) => b - a));
  expect(positions.length).toBeGreaterThan(1);
  const many = 1e8 / graphCost(base.graph).total.macs;
  expect(
    affordableSteps(base, { graph, calibration, samples: many, percentile: 99.99, schemes: { scheme: 'int8' } }).length,
  ).toBeLessThan(positions.length);
  // All trials of all samples together are what is limited.
  const last = graphCost(base.graph).nodes.slice(positions[0]);
  const work = last.reduce((sum, { macs, elementOps }) => sum + macs + 10 * elementOps, 0);
  const stepsOf = (samples: number) =>
    affordableSteps(base, { graph, calibration, samples, percentile: 99.99, schemes: { scheme: 'int8' } });
  expect([0.99, 1.01].map((share) => stepsOf((share * 1e8) / (8 * work)).length > 0)).toEqual([true, false]);
});
