// Makes what was measured the baseline of a pair, beside what other runs have made of it meanwhile.
import { baselineText, type Baseline } from './baseline.js';
import { updateBaseline, type BaselinePlace, type PairName } from './baseline-folder.js';
import { metricsHeld, updated, type Measured } from './judge.js';
import type { LeftOut } from './run-pair.js';
import type { Tier } from './tier.js';

/** What a tier came to; where it is left out, the baseline holds nothing of it any more. */
export type Change = Measured | LeftOut;

export interface Held {
  readonly pair: PairName;
  /** As it was when the run began with the pair. */
  readonly before: Baseline | undefined;
  readonly changes: readonly Change[];
}

/**
 * Gives the tiers in which another run had made something else the baseline since: that is replaced. What such a run has
 * measured in other tiers, or with another toolchain, stays. Throws OUTPUT_FAILED, OUTPUT_BUSY and BASELINE_INVALID.
 */
export async function holdChanges(place: BaselinePlace, { pair, before, changes }: Held): Promise<ReadonlySet<Tier>> {
  const replaced = new Set<Tier>();
  await updateBaseline(place, pair, (now) => {
    const after = changes.reduce(changed, now ?? { project: place.project, ...pair });
    for (const change of changes) {
      const [old, there, written] = [before, now, after].map((baseline) => textOf(baseline, change));
      if (there !== old && there !== written) replaced.add(change.tier);
    }
    return after;
  });
  return replaced;
}

export function changed(baseline: Baseline, change: Change): Baseline {
  return 'why' in change ? { ...baseline, [change.tier]: undefined } : updated(baseline, change);
}

/** Of that tier alone, and where something was measured of that series alone. */
function textOf(baseline: Baseline | undefined, change: Change): string {
  const { tier } = change;
  if (!('why' in change)) return JSON.stringify([...(metricsHeld(baseline, change) ?? [])]);
  return baselineText({ project: '', model: '', profile: '', [tier]: baseline?.[tier] });
}
