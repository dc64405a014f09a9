// What each change has to show, and that it is asked of that very change.
import { GraphBuilder } from '@wherry/graph';
import { triedMethods } from '../calibrate/range.js';
import type { Challenge } from './contest.js';
import type { Settings } from './settings.js';
import { demandsOf, tryAll, type Choice } from './try-all.js';

describe('demandsOf', () => {
  it('asks no margin of many-sided samples, and of what is fitted more certainty than of what is computed', () => {
    const { formula, evened, fitted } = demandsOf(1);
    expect([formula, evened, fitted].map(({ margin }) => margin)).toEqual([0, 0, 0]);
    expect(fitted.certainty).toBeGreaterThanOrEqual(1);
    for (const each of [formula, evened]) {
      expect(each.certainty).toBeGreaterThan(0);
      expect(each.certainty).toBeLessThan(fitted.certainty);
    }
  });

  it('asks more of one-sided samples: a little of formulas, and dB of what could be learnt from one class', () => {
    const { formula, evened, fitted } = demandsOf(0);
    expect(formula.margin).toBeGreaterThan(0.2);
    for (const each of [evened, fitted]) expect(each.margin).toBeGreaterThanOrEqual(2);
    expect(demandsOf(0.5).evened.margin).toBeCloseTo(evened.margin / 2, 9);
  });
});

describe('tryAll', () => {
  const start: Settings = {
    method: triedMethods[0]!,
    correctBias: false,
    equalized: false,
    overrides: new Map(),
    outputErrors: undefined,
  };

  /** What was tried, with what was asked of it; `wins`: whether a trial takes the champion's place. */
  async function tried(
    wins: (settings: Settings) => boolean,
    options: Partial<Choice['options']> = {},
    variety = 0,
    affordable = true,
  ) {
    const trials: { readonly settings: Settings; readonly asked: Challenge }[] = [];
    const contest = {
      budget: { affords: () => affordable, costOf: () => 1 },
      champion: { settings: start },
      // Too few to search on.
      judge: { count: () => 0 },
      forFold: () => () => undefined,
      challenge: (settings: Settings, asked: Challenge) => {
        trials.push({ settings, asked });
        if (wins(settings)) contest.champion = { settings };
        return Promise.resolve(wins(settings));
      },
    };
    await tryAll({
      graph: new GraphBuilder('empty').finish([]),
      options: { method: 'auto', correctBias: 'auto', equalize: 'auto', percentile: 99.99, ...options },
      forms: { hasPairs: true, canEven: true },
      contest,
      variety,
    } as unknown as Choice);
    return trials;
  }

  it('does not even out what the budget does not allow', async () => {
    expect((await tried(() => false)).some(({ settings }) => settings.equalized)).toBe(true);
    expect((await tried(() => false, {}, 0, false)).some(({ settings }) => settings.equalized)).toBe(false);
  });

  it('asks of methods and biases what formulas have to show, and of evened channels more', async () => {
    const trials = await tried(() => false);
    const { formula, evened } = demandsOf(0);
    expect(
      trials.map(({ settings, asked }) => [settings.method, settings.correctBias, settings.equalized, asked]),
    ).toEqual([
      ...triedMethods.slice(1).map((method) => [method, false, false, formula]),
      [start.method, true, false, formula],
      [start.method, false, true, evened],
    ]);
  });

  it('tries the later on top of what stays, and the plainest method again with even channels', async () => {
    const trials = await tried(({ method, equalized }) => method === 'mse' || equalized);
    expect(trials.slice(-2).map(({ settings }) => [settings.method, settings.equalized])).toEqual([
      ['mse', true],
      [start.method, true],
    ]);
  });

  it('tries nothing that the options decide', async () => {
    expect(await tried(() => false, { method: 'mse', correctBias: true, equalize: false })).toEqual([]);
  });
});
