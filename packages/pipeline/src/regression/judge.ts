// One tier of a pair against its baseline, and what the baseline is after an update.
import { metricsOf, noSeries, type Baseline, type Metrics } from './baseline.js';
import { compareMetrics, isFailure, movedLinks, type Difference } from './compare.js';
import type { Metric } from './metric.js';
import type { TestedPair } from './test-result.js';
import type { Tier } from './tier.js';

/** What was measured in one tier. `series`: null on this machine. */
export interface Measured {
  readonly tier: Tier;
  readonly series: string | null;
  readonly metrics: readonly Metric[];
}

export type Judged = Omit<TestedPair, 'model' | 'profile'>;

/** What the baseline has for the tier and the series; `known`: it has another series of the tier. */
function heldFor(
  baseline: Baseline | undefined,
  { tier, series }: Measured,
): { readonly metrics?: Metrics | undefined; readonly others: readonly string[] } {
  if (tier === 'host') return { metrics: baseline?.host, others: [] };
  const all = baseline?.[tier] ?? noSeries;
  return { metrics: all.get(series!), others: [...all.keys()] };
}

export function judge(baseline: Baseline | undefined, measured: Measured): Judged {
  const { tier, series, metrics } = measured;
  const held = heldFor(baseline, measured);
  const of = { tier, series, metrics: metrics.length, error: null };
  if (held.metrics === undefined) {
    const isNew = held.others.length > 0;
    return {
      ...of,
      verdict: isNew ? 'new series' : 'failed',
      why: isNew
        ? `the baseline holds ${held.others.join(' and ')}; what was measured now is held from the next --update on`
        : 'there is no baseline: look at what is measured, and write it with --update',
      moved: [],
      differences: [],
    };
  }
  const differences = compareMetrics(held.metrics, metrics);
  const hasFailed = differences.some(isFailure);
  return {
    ...of,
    verdict: hasFailed ? 'failed' : 'passed',
    why: hasFailed ? whyOf(differences) : gainsOf(differences),
    moved: movedLinks(differences),
    differences,
  };
}

function whyOf(differences: readonly Difference[]): string {
  const [first, ...rest] = movedLinks(differences);
  return `${first!} moved${rest.length === 0 ? ', and nothing else' : ` first; so did ${rest.join(', ')}`}`;
}

function gainsOf(differences: readonly Difference[]): string | null {
  return differences.length === 0 ? null : 'better than the baseline: hold it with --update';
}

/** With what was measured in place of what it had of that tier and series. */
export function updated(baseline: Baseline, { tier, series, metrics }: Measured): Baseline {
  const values = metricsOf(metrics);
  if (tier === 'host') return { ...baseline, host: values };
  return { ...baseline, [tier]: new Map([...(baseline[tier] ?? noSeries), [series!, values]]) };
}
