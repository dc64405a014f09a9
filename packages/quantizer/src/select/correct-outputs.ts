// The last candidate: the mean error of the last layers, as measured, taken out of their biases.
import { confirming, convinces, gainOf, sqnrOf, type Demand } from './evidence.js';
import type { Forms } from './forms.js';
import type { HeldOutJudge, Measured } from './held-out-judge.js';
import { candidateOf, type Candidate, type Settings } from './settings.js';

/** Means of fewer samples are chance. */
const leastSamples = 16;

export interface Correction {
  readonly settings: Settings;
  /** What was tried; undefined where nothing could be. */
  readonly candidate: Candidate | undefined;
}

/**
 * Ranges stay as they are, so that the graph of all samples can be judged itself: the means are taken from the exploring
 * samples and must win on the others as `demand` says. What stays then are the means of all.
 */
export async function correctOutputs(
  judge: HeldOutJudge,
  forms: Forms,
  { settings, whole }: { readonly settings: Settings; readonly whole: Measured },
  demand: Demand,
): Promise<Correction> {
  const plain = forms.whole(settings);
  if (judge.count('explore') < leastSamples || !judge.hasFinalLayer) return { settings, candidate: undefined };
  const found = { ...settings, outputErrors: judge.channelErrors(plain, whole, ['explore']) };
  const errors = confirming((await judge.measureWhole(forms.whole(found))).errors);
  const gain = gainOf(confirming(whole.errors), errors);
  const kept = convinces(gain, demand);
  const candidate = candidateOf(found, { sqnrDb: sqnrOf(errors), samples: errors.reported.length, gain, kept });
  const all = judge.channelErrors(plain, whole, ['explore', 'confirm']);
  return { settings: kept ? { ...settings, outputErrors: all } : settings, candidate };
}
