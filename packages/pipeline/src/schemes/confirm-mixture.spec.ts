// A mixture is believed when the run's own measurement agrees: more is raised until it does, and what gains nothing is left.
import { WherryError } from '@wherry/graph';
import type { MixedUnit } from '@wherry/quantizer';
import { pipelineDiagnostics } from '../diagnostics.js';
import { confirmMixture, type LookedFor } from './confirm-mixture.js';
import { trialOf } from './scheme-trial.js';
import type { TriedScheme } from './try-made.js';

const order = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((layer): MixedUnit => ({ layer, nodes: [], work: 1 }));
const refusal = new WherryError(pipelineDiagnostics.ACCURACY_BELOW_LIMIT, { what: 'too little', next: 'nothing' });
const names = (units: readonly MixedUnit[]): string => units.map(({ layer }) => layer).join('');

/** Each mixture measured: refused while it has fewer layers than `needed`. */
async function confirm(
  until: 'accuracy' | 'memory',
  first: readonly MixedUnit[],
  { needed, sqnrDb }: { readonly needed: number; readonly sqnrDb: number },
): Promise<LookedFor & { readonly probed: readonly string[]; readonly refuted: readonly string[] }> {
  const [probed, refuted]: [string[], string[]] = [[], []];
  const search = {
    probe: (raised: readonly MixedUnit[]) => Promise.resolve(probed.push(names(raised)) as never),
    refute: (raised: readonly MixedUnit[]) => void refuted.push(names(raised)),
  };
  const request = { until, low: 'int8', aloneDb: 30 } as const;
  const looked = await confirmMixture(search, request, order, first, (raised) => {
    const isRefused = raised.length < needed;
    const trial = trialOf('int8', isRefused ? 'too inaccurate' : 'chosen', { sqnrDb });
    return Promise.resolve({ trial, ...(isRefused ? { refusal } : {}) } as TriedScheme);
  });
  return { ...looked, probed, refuted };
}

it('raises half as many again, in order, until the run agrees, and probes each for the curve', async () => {
  const { found, trials, probed, refuted } = await confirm('accuracy', order.slice(1, 3), { needed: 4, sqnrDb: 20 });
  expect(found!.trial.verdict).toBe('chosen');
  expect(probed).toEqual(['bc', 'bca', 'bcade']);
  expect(refuted).toEqual(['bc', 'bca']);
  expect(trials.map(({ verdict }) => verdict)).toEqual(['too inaccurate', 'too inaccurate']);
});

it('ends where only all layers would do', async () => {
  const { found, probed } = await confirm('accuracy', order.slice(0, 2), { needed: 9, sqnrDb: 20 });
  expect([found, probed]).toEqual([undefined, ['ab', 'abc', 'abcde']]);
});

it.each([
  [30.5, 'chosen', []],
  [30.4, undefined, ['passed by: it gains less than 0.5 dB on int8 alone']],
  [29, undefined, ['passed by: it gains less than 0.5 dB on int8 alone']],
])('lowered for memory, with %d dB beside 30 dB of the low scheme alone: %s', async (sqnrDb, verdict, passed) => {
  const { found, trials } = await confirm('memory', order.slice(0, 4), { needed: 1, sqnrDb });
  expect(found?.trial.verdict).toBe(verdict);
  expect(trials.map((trial) => `${trial.verdict}: ${trial.why}`)).toEqual(passed);
});
