// What is tried, in which order, and how much each must show.
import type { Engine, Graph } from '@wherry/graph';
import type { CrossCalibration } from '../calibrate/calibrate.js';
import { triedMethods } from '../calibrate/range.js';
import type { Contest } from './contest.js';
import type { Demand } from './evidence.js';
import { forceFoundWeights, isForced, tryFoundWeights } from './find-weights.js';
import type { Forms } from './forms.js';
import type { HeldOutJudge } from './held-out-judge.js';
import { refineRanges } from './refine-ranges.js';
import type { JudgedSample } from './sample-reservoir.js';
import type { SelectOptions } from './select.js';
import type { Settings } from './settings.js';

/** One choice while it is being made. */
export interface Choice {
  readonly graph: Graph;
  readonly calibration: CrossCalibration;
  readonly options: SelectOptions;
  readonly engine: Engine;
  /** What is judged by. */
  readonly samples: readonly JudgedSample[];
  readonly judge: HeldOutJudge;
  readonly forms: Forms;
  readonly contest: Contest;
  /** What the contest began with. */
  readonly plainest: Settings;
  /** See `varietyOf`. */
  readonly variety: number;
}

/** dB that one-sided samples must show more of: what they never were is most of what the device will see. */
const oneSidedMargin = 3;

/**
 * Ranges and biases by a formula have little in them that fits one class alone, evened-out channels more, and what is fitted
 * to the samples most.
 */
export function demandsOf(variety: number): Readonly<Record<'formula' | 'evened' | 'fitted', Demand>> {
  const margin = oneSidedMargin * (1 - variety);
  return {
    formula: { margin: margin / 6, certainty: 0.5 },
    evened: { margin, certainty: 1 },
    fitted: { margin, certainty: 1.5 },
  };
}

/** Evening out the channels of both halves is as much work as so many forms of each. */
const evening = 2;

/** From what changes most to what changes least, so that the later is tried on top of what stays. */
export async function tryAll(choice: Choice): Promise<void> {
  const { graph, calibration, options, forms, contest, variety } = choice;
  const { budget } = contest;
  const { formula, evened, fitted } = demandsOf(variety);
  const change = (settings: Partial<Settings>, demand: Demand): Promise<boolean> =>
    contest.challenge({ ...contest.champion.settings, ...settings }, demand);
  const isOpen = options.method === 'auto';
  for (const method of isOpen ? triedMethods : [])
    if (method !== contest.champion.settings.method) await change({ method }, formula);
  if (options.correctBias === 'auto') await change({ correctBias: true }, formula);
  if (options.equalize === 'auto' && forms.hasPairs && budget.affords(budget.costOf(evening, 0)) && forms.canEven) {
    const isEven = await change({ equalized: true }, evened);
    // With even channels little is left to clip.
    const plainest = triedMethods[0]!;
    if (isEven && isOpen && contest.champion.settings.method !== plainest) await change({ method: plainest }, formula);
  }
  if (isOpen)
    await refineRanges(contest, { graph, calibration, percentile: options.percentile, schemes: options }, fitted);
  if (isForced(options)) await forceFoundWeights(choice);
  else await tryFoundWeights(choice, fitted);
}
