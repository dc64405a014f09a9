// The correction of the last layers: by which samples its means are found, and by which it is judged.
import { errorsIn } from '../testing/known-errors.js';
import { correctOutputs } from './correct-outputs.js';
import { joined, type Demand, type SampleErrors } from './evidence.js';
import type { Forms } from './forms.js';
import type { HeldOutJudge, Part } from './held-out-judge.js';
import type { Settings } from './settings.js';

const plain: Settings = {
  method: 'min-max',
  correctBias: false,
  equalized: false,
  overrides: new Map(),
  outputErrors: undefined,
};
const demand: Demand = { margin: 0.5, certainty: 1 };
const both = (explore: number, confirm: number): SampleErrors =>
  joined(
    errorsIn('explore', () => explore),
    errorsIn('confirm', () => confirm),
  );

/** `means`: what each part of the samples says that the mean errors are. */
function judging(corrected: SampleErrors, { count = 16, hasFinalLayer = true } = {}) {
  const means = (parts: readonly Part[]) => new Map([[7, Float64Array.of(parts.length === 1 ? 1 : 2)]]);
  const judge = {
    hasFinalLayer,
    count: (part: Part) => (part === 'explore' ? count : 0),
    measureWhole: () => Promise.resolve({ errors: corrected, recordings: [] }),
    channelErrors: (_applied: unknown, _whole: unknown, parts: readonly Part[]) => {
      asked.push(parts);
      return means(parts);
    },
  } as unknown as HeldOutJudge;
  const asked: (readonly Part[])[] = [];
  const made: Settings[] = [];
  const forms = { whole: (settings: Settings) => made.push(settings) } as unknown as Forms;
  const correct = (by: Demand = demand) =>
    correctOutputs(judge, forms, { settings: plain, whole: { errors: both(0, 0), recordings: [] } }, by);
  return { correct, asked, made };
}

it('finds the means on the exploring samples, and keeps those of all', async () => {
  const { correct, asked, made } = judging(both(0, 3));
  const { settings, candidate } = await correct();
  expect(asked[0]).toEqual(['explore']);
  expect(made.map(({ outputErrors }) => outputErrors?.get(7)?.[0])).toEqual([undefined, 1]);
  expect(settings.outputErrors!.get(7)![0]).toBe(2);
  expect(candidate).toMatchObject({
    outputsCorrected: true,
    kept: true,
    samples: 8,
    gain: { db: expect.closeTo(3, 9) },
  });
});

it('is judged by the confirming samples alone, and must show what is asked', async () => {
  const lucky = await judging(both(9, 0)).correct();
  expect(lucky.settings).toBe(plain);
  expect(lucky.candidate).toMatchObject({ kept: false, sqnrDb: expect.closeTo(0, 9), gain: { blocks: 8 } });
  const small = judging(both(0, 0.4));
  expect((await small.correct()).settings).toBe(plain);
  expect((await small.correct({ margin: 0.3, certainty: 1 })).settings).not.toBe(plain);
});

it('tries nothing with fewer samples than tell a mean, and without a last layer', async () => {
  expect(await judging(both(9, 9), { count: 15 }).correct()).toEqual({ settings: plain, candidate: undefined });
  expect(await judging(both(9, 9), { hasFinalLayer: false }).correct()).toEqual({
    settings: plain,
    candidate: undefined,
  });
});
