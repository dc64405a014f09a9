// What the halves chose, made from all samples in the end: with other scales, and with other luck in rounding.
import { graphCost } from '@wherry/graph';
import { correctOutputs } from './correct-outputs.js';
import { completed } from './find-weights.js';
import { confirming, convinces, gainOf, isBehind, type SampleErrors } from './evidence.js';
import type { Measured } from './held-out-judge.js';
import type { Candidate, Settings } from './settings.js';
import { demandsOf, type Choice } from './try-all.js';

export interface Last {
  readonly settings: Settings;
  /** Those settings as they were in the contest. */
  readonly tried: Settings;
  /** What was tried beside the contest. */
  readonly more: readonly Candidate[];
}

/** Multiply-accumulates of judging once that are cheap enough to do it for every close candidate. */
const cheapMacs = 2e7;
/** Fewer samples would be learnt by heart. */
const leastSamples = 32;
/** Of several that are close one wins by luck. */
const ofClose = { margin: 0, certainty: 1.5 };

/**
 * In a model with few weights the luck of rounding outweighs what tells close candidates apart, and it stays with the model:
 * there they are all looked at as they will be. In any model the champion is held against the plainest settings once more.
 */
export async function lastLook(choice: Choice, samples: number): Promise<Last> {
  const { graph, judge, forms, contest, plainest, variety, options } = choice;
  const champion = contest.champion.settings;
  // Weights that were found on these samples look better on them than they are: what the halves say of each other stands.
  if (champion.weights !== undefined) return { settings: await completed(choice, champion), tried: champion, more: [] };
  const isSmall = graphCost(graph).total.macs * samples <= cheapMacs;
  if (!isSmall) {
    const settings = await heldAgainst(choice, champion);
    return { settings, tried: settings, more: [] };
  }
  const close = contest.close.filter(({ weights }) => weights === undefined);
  const others = samples >= leastSamples && variety === 1 ? close : [];
  const best = await bestOf(choice, [champion, ...others]);
  const tried = await heldAgainst(choice, best.settings, confirming(best.whole.errors));
  if (options.correctBias !== 'auto') return { settings: tried, tried, more: [] };
  const whole = tried === best.settings ? best.whole : await judge.measureWhole(forms.whole(plainest));
  const { settings, candidate } = await correctOutputs(
    judge,
    forms,
    { settings: tried, whole },
    demandsOf(variety).fitted,
  );
  return { settings, tried, more: candidate === undefined ? [] : [candidate] };
}

async function bestOf(
  { judge, forms }: Choice,
  settings: readonly Settings[],
): Promise<{ readonly settings: Settings; readonly whole: Measured }> {
  const measured = async (each: Settings) => ({ settings: each, whole: await judge.measureWhole(forms.whole(each)) });
  let best = await measured(settings[0]!);
  for (const each of settings.slice(1)) {
    const other = await measured(each);
    if (convinces(gainOf(best.whole.errors, other.whole.errors), ofClose)) best = other;
  }
  return best;
}

/**
 * The plainest settings where they come out ahead; half the samples tell a fault. As both are made from these samples too,
 * what clips none of them looks better than it is: the printed figure alone decides nothing.
 */
async function heldAgainst(
  { judge, forms, plainest }: Choice,
  settings: Settings,
  known?: SampleErrors,
): Promise<Settings> {
  if (settings === plainest) return settings;
  const before = await judge.measureWhole(forms.whole(plainest), ['confirm']);
  const after = known ?? (await judge.measureWhole(forms.whole(settings), ['confirm'])).errors;
  return isBehind(gainOf(before.errors, after)) ? plainest : settings;
}
