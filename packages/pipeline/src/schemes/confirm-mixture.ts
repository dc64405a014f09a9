// The last word on a mixture: what held where it was looked for is measured as a run is.
import type { MixedUnit } from '@wherry/quantizer';
import type { MixRequest, MixSearch } from './mix-search.js';
import type { SchemeTrial } from './scheme-trial.js';
import type { TriedScheme } from './try-made.js';

/** Mixtures that are measured, each on all samples of the run. */
const mostMeasured = 5;

/** A mixture of less gain beside the low scheme alone is within chance, and takes more memory and time. */
const leastGainDb = 0.5;

export interface LookedFor {
  /** The mixture that breaks no limit. */
  readonly found?: TriedScheme & { readonly refusal?: undefined };
  /** What was passed over on the way. */
  readonly trials: readonly SchemeTrial[];
}

/** By the measurement of the run; half as many layers again are raised where that disagrees. */
export async function confirmMixture(
  search: Pick<MixSearch, 'probe' | 'refute'>,
  { until, low, aloneDb }: Pick<MixRequest, 'until' | 'low' | 'aloneDb'>,
  order: readonly MixedUnit[],
  first: readonly MixedUnit[],
  measure: (raised: readonly MixedUnit[]) => Promise<TriedScheme>,
): Promise<LookedFor> {
  const trials: SchemeTrial[] = [];
  let raised = first;
  while (isMixed(raised, order) && trials.length < mostMeasured) {
    await search.probe(raised);
    const tried = await measure(raised);
    const isWorth = until === 'accuracy' || (tried.trial.sqnrDb ?? Infinity) >= (aloneDb ?? Infinity) + leastGainDb;
    if (tried.refusal === undefined && isWorth) return { found: tried, trials };
    search.refute(raised);
    const why = `it gains less than ${leastGainDb} dB on ${low} alone`;
    trials.push(tried.refusal === undefined ? { ...tried.trial, verdict: 'passed by', why } : tried.trial);
    // Where it was to fit, and does, no other number of layers is both.
    if (until === 'memory') break;
    raised = [...raised, ...order.filter((unit) => !raised.includes(unit)).slice(0, Math.ceil(raised.length / 2))];
  }
  return { trials };
}

/** All of them raised, or none, is a scheme of its own. */
export function isMixed(raised: readonly MixedUnit[], units: readonly MixedUnit[]): boolean {
  return raised.length > 0 && raised.length < units.length;
}
