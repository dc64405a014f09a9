// Weights that are found: what options leave to be tried, that halves find them for each other, and that what is asked for stays.
import { referenceEngine, type TensorData } from '@wherry/graph';
import { foldOf } from '../calibrate/blocks.js';
import { reconstructionSeconds } from '../reconstruct/cost.js';
import { judgedCalibration, samplesOf, smallNetwork } from '../testing/small-network.js';
import { isForced, waysToFind } from './find-weights.js';
import { select, type SelectOptions, type Selected } from './select.js';

const base: SelectOptions = {
  method: 'auto',
  percentile: 99.99,
  correctBias: 'auto',
  equalize: 'auto',
  scheme: 'int4',
  granularity: () => 'per-axis',
  inputType: 'int8',
  outputType: 'int8',
};
const graph = smallNetwork();
const related = (count: number): (readonly TensorData[])[] =>
  samplesOf(graph, count).map((feeds) =>
    feeds.map((data) => Float32Array.from(data as Float32Array, (value) => 0.25 * value + Number(data[0]))),
  );

async function selected(options: Partial<SelectOptions>, count = 64): Promise<Selected> {
  const { calibration, judged } = await judgedCalibration(graph, related(count));
  return select(graph, calibration, referenceEngine, judged, { ...base, ...options });
}

describe('waysToFind', () => {
  it('are those that the options leave open, the most first', () => {
    const ways = (options: Pick<SelectOptions, 'rounding' | 'clipWeights'>) =>
      waysToFind({ ...base, ...options }).map(({ optimized, clip }) => [optimized, clip]);
    expect(ways({})).toEqual([]);
    expect(ways({ rounding: 'nearest', clipWeights: false })).toEqual([]);
    expect(ways({ rounding: 'auto', clipWeights: 'auto' })).toEqual([
      [true, true],
      [true, false],
      [false, true],
    ]);
    expect(ways({ rounding: 'optimized', clipWeights: 'auto' })).toEqual([
      [true, true],
      [true, false],
    ]);
    expect(ways({ rounding: 'auto', clipWeights: true })).toEqual([
      [true, true],
      [false, true],
    ]);
    expect(ways({ rounding: 'nearest', clipWeights: 'auto' })).toEqual([[false, true]]);
  });

  it('are forced where one is asked for', () => {
    expect(isForced({ ...base, rounding: 'auto', clipWeights: 'auto' })).toBe(false);
    expect(isForced({ ...base, rounding: 'optimized', clipWeights: false })).toBe(true);
    expect(isForced({ ...base, clipWeights: true })).toBe(true);
  });
});

describe('select', () => {
  it('keeps found weights where the halves say that they are better, and says so', async () => {
    const { chosen, settings, candidates } = await selected({ rounding: 'auto', clipWeights: 'auto' });
    expect(chosen).toMatchObject({ kept: true });
    expect(chosen.optimizedRounding || chosen.clippedWeights).toBe(true);
    expect(settings.weights!.whole).toBeDefined();
    const plain = candidates.filter(({ optimizedRounding, clippedWeights }) => !optimizedRounding && !clippedWeights);
    expect(chosen.sqnrDb!).toBeGreaterThan(Math.max(...plain.filter(({ kept }) => kept).map(({ sqnrDb }) => sqnrDb!)));
  });

  it('tries nothing of it where it is not open', async () => {
    const { candidates, settings } = await selected({ rounding: 'nearest', clipWeights: false });
    expect(settings.weights).toBeUndefined();
    expect(candidates.some(({ optimizedRounding, clippedWeights }) => optimizedRounding || clippedWeights)).toBe(false);
  });

  it.each([
    [{ rounding: 'optimized', clipWeights: false }, [true, false]],
    [{ rounding: 'nearest', clipWeights: true }, [false, true]],
  ] as const)('does what is asked for, where nothing else is open as well: %j', async (asked, expected) => {
    const all = await selected(asked);
    const decided = { method: 'min-max', correctBias: false, equalize: false } as const;
    const alone = await selected({ ...decided, ...asked });
    for (const { chosen, settings } of [all, alone]) {
      expect([chosen.optimizedRounding, chosen.clippedWeights]).toEqual(expected);
      expect(settings.weights!.whole).toBeDefined();
    }
    expect(alone.settings.weights!.whole!.errors.size).toBe(0);
    expect(all.settings.weights!.whole!.errors.size).toBeGreaterThan(0);
  });

  it('does what is asked for with a single sample', async () => {
    const { chosen, settings, budget } = await selected({ rounding: 'optimized', clipWeights: false }, 1);
    expect([chosen.optimizedRounding, chosen.sqnrDb, budget]).toEqual([true, undefined, undefined]);
    expect(settings.weights!.whole!.integers.size).toBe(2);
  });

  it('finds weights for a half out of the other one', async () => {
    const samples = related(64);
    const { calibration, judged } = await judgedCalibration(graph, samples);
    const forced = { ...base, method: 'min-max', equalize: false, rounding: 'optimized' } as const;
    const whole = await select(graph, calibration, referenceEngine, judged, forced);
    // Samples of the first half become silence: what is found for the second half must change, for the first half not.
    const silent = judged.map((sample) =>
      foldOf(sample.block) === 0 ? { ...sample, inputs: [new Float32Array(72)] } : sample,
    );
    const changed = await select(graph, calibration, referenceEngine, silent, forced);
    const [before, after] = [whole, changed].map(({ settings }) => settings.weights!.forFold);
    expect(after![0]).toEqual(before![0]);
    expect(after![1].integers).not.toEqual(before![1].integers);
  });

  it('takes what is cut off for what passes where telling them apart costs too much', async () => {
    const open = { rounding: 'auto', clipWeights: false } as const;
    const rich = await selected(open);
    expect(rich.settings.weights!.tellsCut).toBe(true);
    const [told, untold] = [true, false].map((tellsCut) => 3 * reconstructionSeconds(graph, 64, 7, tellsCut));
    // Just enough for that.
    const budgetSeconds = rich.budget!.spent - told! + untold! + 1e-9;
    const { budget, candidates } = await selected({ ...open, budgetSeconds });
    expect(candidates.filter(({ optimizedRounding }) => optimizedRounding)).toHaveLength(1);
    expect(budget!.leftOut).toBe(0);
    expect(budget!.spent).toBeCloseTo(budgetSeconds, 7);
  });

  it('leaves out what the budget does not allow, and says that it did', async () => {
    const { settings, budget } = await selected({ rounding: 'auto', clipWeights: 'auto', budgetSeconds: 0 });
    expect(settings.weights).toBeUndefined();
    expect(budget!.leftOut).toBeGreaterThan(0);
  });
});
