// Challenges on measurements that are made up, so that what is told from what is known.
import { errorsIn } from '../testing/known-errors.js';
import { smallNetwork } from '../testing/small-network.js';
import { Contest, type Challenge } from './contest.js';
import type { SampleErrors } from './evidence.js';
import type { ForFold, HeldOutJudge, Part } from './held-out-judge.js';
import type { Settings } from './settings.js';
import { WorkBudget } from './work-budget.js';

type Known = Readonly<Record<Part, SampleErrors>>;

const settingsOf = (percent: number): Settings => ({
  method: 'percentile',
  correctBias: false,
  equalized: false,
  overrides: new Map([[percent, { method: 'min-max', percentile: percent }]]),
  outputErrors: undefined,
});
const [first, second] = [settingsOf(1), settingsOf(2)] as const;

/** A contest over settings whose errors are known, begun with `first` at 0 dB; and what was measured, in order. */
async function begun(of: (settings: Settings) => Known, seconds = 1): Promise<{ contest: Contest; asked: string[] }> {
  const asked: string[] = [];
  const measured = new Map<ForFold, Settings>();
  const judge = {
    count: () => 8,
    measure: (forFold: ForFold, part: Part) => {
      const settings = measured.get(forFold)!;
      asked.push(`${settings === first ? 'first' : 'second'} ${part}`);
      return Promise.resolve({ errors: of(settings)[part], recordings: [] });
    },
  } as unknown as HeldOutJudge;
  const contest = new Contest(
    judge,
    (settings) => {
      const forFold: ForFold = () => undefined as never;
      measured.set(forFold, settings);
      return forFold;
    },
    new WorkBudget(smallNetwork(), seconds),
  );
  await contest.begin(first);
  return { contest, asked };
}

const known = (explore: (nth: number) => number, confirm = explore): Known => ({
  explore: errorsIn('explore', explore),
  confirm: errorsIn('confirm', confirm),
});
const even = known(() => 0);
const gaining = (other: Known) => (settings: Settings) => (settings === first ? even : other);
const demand: Challenge = { margin: 0, certainty: 1 };
/** Alternates about a mean, so that its standard error over 16 blocks is a quarter of `swing` and a little more. */
const about = (mean: number, swing: number) => (nth: number) => mean + (nth % 2 === 0 ? swing : -swing);

describe('a searched challenge', () => {
  it('is judged by the half that it was not searched on', async () => {
    const { contest, asked } = await begun(gaining(known(() => 0, about(0, 1))));
    const searched = errorsIn('explore', () => 9);
    expect(await contest.challenge(second, { ...demand, explored: searched })).toBe(false);
    expect(contest.champion.settings).toBe(first);
    expect(asked.slice(2)).toEqual(['second confirm']);
    expect(contest.candidates.at(-1)!.gain!.db).toBeCloseTo(0, 9);
  });

  it('wins on that half alone', async () => {
    const { contest } = await begun(
      gaining(
        known(
          () => 0,
          () => 2,
        ),
      ),
    );
    const searched = errorsIn('explore', about(0.1, 3));
    expect(await contest.challenge(second, { ...demand, explored: searched })).toBe(true);
    const { gain } = contest.candidates.at(-1)!;
    expect([gain!.db, gain!.blocks]).toEqual([expect.closeTo(2, 9), 8]);
    expect(contest.champion).toMatchObject({ settings: second, explored: searched });
  });
});

describe('a challenge', () => {
  it('costs what it measures: on both halves, or on the one that a search has left', async () => {
    const { contest } = await begun(gaining(known(() => 0)));
    const { budget } = contest;
    const [form, sample] = [budget.costOf(1, 0), budget.costOf(0, 1)];
    expect(budget.spent).toBeCloseTo(form + 16 * sample, 12);
    await contest.challenge(second, demand);
    expect(budget.spent).toBeCloseTo(2 * form + 32 * sample, 12);
    await contest.challenge(second, { ...demand, explored: errorsIn('explore', () => 9) });
    expect(budget.spent).toBeCloseTo(3 * form + 40 * sample, 12);
  });

  it('that the budget does not allow is not measured, and leaves no trace', async () => {
    const { contest, asked } = await begun(gaining(known(() => 9)), 0);
    expect(await contest.challenge(second, demand)).toBe(false);
    expect([contest.champion.settings, contest.candidates.length, contest.close.length]).toEqual([first, 1, 0]);
    expect(asked).toEqual(['first explore', 'first confirm']);
    expect(contest.budget.leftOut).toBe(1);
  });

  it('counts all samples where nothing was searched', async () => {
    const { contest } = await begun(
      gaining(
        known(
          () => 1,
          () => 3,
        ),
      ),
    );
    expect(await contest.challenge(second, demand)).toBe(true);
    expect(contest.candidates.at(-1)).toMatchObject({ kept: true, gain: { db: expect.closeTo(2, 9), blocks: 16 } });
  });

  it('is refused below the certainty, and below the margin, that are asked for', async () => {
    // 1 dB, with a standard error of 0.52.
    const other = gaining(known(about(1, 2)));
    const kept = async (asked: Challenge) => (await begun(other)).contest.challenge(second, asked);
    expect(await kept({ margin: 0, certainty: 0.5 })).toBe(true);
    expect(await kept({ margin: 0, certainty: 1.5 })).toBe(true);
    expect(await kept({ margin: 0, certainty: 2 })).toBe(false);
    expect(await kept({ margin: 0.5, certainty: 0.5 })).toBe(true);
    expect(await kept({ margin: 0.8, certainty: 0.5 })).toBe(false);
  });

  it('is refused where the printed figure falls, however much the judged one gains', async () => {
    const other = (reported: number) =>
      gaining({
        explore: errorsIn(
          'explore',
          () => 6,
          () => reported,
        ),
        confirm: errorsIn(
          'confirm',
          () => 6,
          () => reported,
        ),
      });
    const { contest } = await begun(other(-0.4));
    expect(await contest.challenge(second, demand)).toBe(false);
    expect(contest.candidates.at(-1)).toMatchObject({ kept: false, gain: { reportedDb: expect.closeTo(-0.4, 9) } });
    expect(await (await begun(other(-0.2))).contest.challenge(second, demand)).toBe(true);
  });

  it('ends after half of the samples where it is behind on them beyond one standard error', async () => {
    const behind = await begun(gaining(known(() => -1)));
    expect(await behind.contest.challenge(second, demand)).toBe(false);
    expect(behind.asked.slice(2)).toEqual(['second explore']);
    expect(behind.contest.close).toEqual([]);
    expect(behind.contest.resultOf(second)).toMatchObject({ samples: 8, kept: false });
    const doubtful = await begun(gaining(known(about(-0.1, 2), () => 4)));
    expect(await doubtful.contest.challenge(second, demand)).toBe(true);
    expect(doubtful.asked.slice(2)).toEqual(['second explore', 'second confirm']);
  });

  it('is close where it is neither better nor worse beyond chance, and so is who was beaten', async () => {
    const near = await begun(gaining(known(about(0.1, 2))));
    expect(await near.contest.challenge(second, demand)).toBe(false);
    expect(near.contest.close).toEqual([second]);
    const worse = await begun(gaining(known(about(0.1, 2), () => -3)));
    expect(await worse.contest.challenge(second, demand)).toBe(false);
    expect(worse.contest.close).toEqual([]);
    const better = await begun(gaining(known(() => 3)));
    expect(await better.contest.challenge(second, demand)).toBe(true);
    expect(better.contest.close).toEqual([first]);
  });
});
