// What a budget buys: never more than it holds but for the first measurement, and the same on every machine.
import { GraphBuilder, graphCost, referenceEngine, type Engine, type Graph } from '@wherry/graph';
import { judgedSamples } from './judged-samples.js';
import { select, type SelectOptions } from './select.js';
import { settingsText, type Settings } from './settings.js';
import { randomTensor } from '../testing/random-values.js';
import { judgedCalibration, samplesOf, smallNetwork } from '../testing/small-network.js';
import { affordableSamples, WorkBudget } from './work-budget.js';

const graph = smallNetwork();
const options: SelectOptions = {
  method: 'auto',
  percentile: 99.99,
  correctBias: 'auto',
  equalize: false,
  scheme: 'int8',
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

describe('what is counted', () => {
  /** So much work that the last look is held against the plainest alone. */
  const large = (): Graph => {
    const builder = new GraphBuilder('large');
    const weights = (shape: readonly number[], seed: number) =>
      builder.constant(`w${seed}`, shape, randomTensor(shape, seed), 'float32');
    const hidden = builder.add(
      'FULLY_CONNECTED',
      [builder.input('x', [1, 600], 'float32'), weights([600, 600], 1), weights([600], 2)],
      { activation: 'RELU' },
      { origin: 'hidden' },
    );
    return builder.finish([
      builder.add('FULLY_CONNECTED', [hidden, weights([6, 600], 3), weights([6], 4)], {}, { origin: 'scores' }),
    ]);
  };
  const network = large();

  /** Seconds of work of all that ran, and of the parts of the graph that ran alone. */
  function watched(): { readonly engine: Engine; readonly seconds: () => number } {
    let seconds = 0;
    const whole = graphCost(network).total.macs;
    const engine: Engine = {
      name: 'watched',
      prepare: async (run) => {
        const executor = await referenceEngine.prepare(run);
        const own = new WorkBudget(network, 0).costOf(0, 1, graphCost(run).total.macs / whole);
        return {
          ...executor,
          run: (feeds, observer) => {
            seconds += own;
            return executor.run(feeds, observer);
          },
        };
      },
    };
    return { engine, seconds: () => seconds };
  }

  it('is no less than what ran, and no more than the budget', async () => {
    const { calibration, judged } = await judgedCalibration(network, samplesOf(network, 64));
    const run = async (budgetSeconds: number) => {
      const { engine, seconds } = watched();
      const { budget, candidates } = await select(network, calibration, engine, judged, { ...options, budgetSeconds });
      return { ran: seconds(), candidates: candidates.length, ...budget! };
    };
    const whole = await run(20);
    const none = await run(0);
    // The first measurement and the last look are made whatever is left.
    const least = new WorkBudget(network, 0).costOf(2, 2 * judged.length);
    expect(none.spent).toBeCloseTo(least, 12);
    const part = await run((whole.spent + least) / 2);
    expect(whole.leftOut).toBe(0);
    expect(part.leftOut).toBeGreaterThan(0);
    const form = new WorkBudget(network, 0).costOf(1, 0);
    for (const { seconds, spent, ran, candidates } of [whole, part, none]) {
      expect(spent).toBeGreaterThanOrEqual(ran + candidates * form);
      expect(spent).toBeLessThanOrEqual(Math.max(seconds, least));
    }
  }, 30_000);

  it('is not what could not be tried: channels of layers that have no pair', async () => {
    const builder = new GraphBuilder('single');
    const weights = builder.constant('w', [3, 8], randomTensor([3, 8], 1), 'float32');
    const single = builder.finish([
      builder.add('FULLY_CONNECTED', [builder.input('x', [1, 8], 'float32'), weights], {}, { origin: 'scores' }),
    ]);
    const { calibration, judged } = await judgedCalibration(single, samplesOf(single, 64));
    const budgetWith = async (equalize: false | 'auto', budgetSeconds: number) => {
      const all = { ...options, equalize, budgetSeconds };
      return (await select(single, calibration, referenceEngine, judged, all)).budget;
    };
    for (const seconds of [0, 20]) expect(await budgetWith('auto', seconds)).toEqual(await budgetWith(false, seconds));
  });

  it('is time for any work, and twice the weights for a form, once for each half', () => {
    const builder = new GraphBuilder('no multiplication');
    const graphOf = builder.finish([
      builder.add('LOGISTIC', [builder.input('x', [1, 1000], 'float32')], {}, { origin: 'y' }),
    ]);
    expect(new WorkBudget(graphOf, 1).costOf(0, 1)).toBeGreaterThan(0);
    const weights = 600 * 600 + 600 + 6 * 600 + 6;
    expect(new WorkBudget(network, 1).costOf(1, 0)).toBeCloseTo((2 * weights) / 2e7, 12);
  });

  it('leaves a measurement a thirtieth: a handful of candidates can be tried', () => {
    const one = new WorkBudget(network, 3).costOf(0, affordableSamples(network, 3));
    expect(one).toBeLessThanOrEqual(0.1);
    expect(one).toBeGreaterThan(0.09);
  });
});
