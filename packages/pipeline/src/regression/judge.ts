// One tier of a pair against its baseline, and what the baseline is after an update.
import type { Diagnostic } from '@wherry/graph';
import { metricsOf, noSeries, type Baseline, type Metrics, type Series } from './baseline.js';
import { compareMetrics, isFailure, movedLinks, type Difference } from './compare.js';
import { linkOf, type Link, type Metric } from './metric.js';
import type { TestedPair } from './test-result.js';
import type { Tier } from './tier.js';

/** What was measured in one tier. `series`: null on this machine. */
export interface Measured {
  readonly tier: Tier;
  readonly series: string | null;
  readonly metrics: readonly Metric[];
  readonly warnings: readonly Diagnostic[];
}

export type Judged = Omit<TestedPair, 'model' | 'profile'>;

/** What the baseline has for the tier and the series, and the other series of the tier. */
function heldFor(
  baseline: Baseline | undefined,
  { tier, series }: Measured,
): { readonly metrics?: Metrics | undefined; readonly others: Series } {
  if (tier === 'host') return { metrics: baseline?.host, others: noSeries };
  const all = baseline?.[tier] ?? noSeries;
  return { metrics: all.get(series!), others: all };
}

/** Undefined where the baseline has nothing of that tier and series. */
export function metricsHeld(baseline: Baseline | undefined, measured: Measured): Metrics | undefined {
  return heldFor(baseline, measured).metrics;
}

/** Links that no compiler and no firmware decides. */
const anywhere: ReadonlySet<Link> = new Set(['input', 'numbers']);

/** Of another toolchain or firmware: what is the same with any is held all the same. */
function judgeNewSeries(others: Series, { series, metrics }: Measured): Omit<Judged, 'tier' | 'series' | 'warnings'> {
  const common = (key: string): boolean => anywhere.has(linkOf(key)!);
  const [name, nearest] = nearestOf(others, series);
  const now = metrics.filter(({ key }) => common(key));
  const differences = compareMetrics(new Map([...nearest].filter(([key]) => common(key))), now);
  const hasFailed = differences.some(isFailure);
  const known = [...others.keys()].join(' and ');
  return {
    verdict: hasFailed ? 'failed' : 'new series',
    why: hasFailed
      ? `${whyOf(differences)}, of what ${known} has as well`
      : `the baseline holds ${known}; what was measured now is held from the next --update on, but for the inputs and the numbers, which are the same`,
    moved: movedLinks(differences),
    metrics: now.length,
    differences,
    nearest: { series: name, differences: compareMetrics(nearest, metrics).filter(({ link }) => !anywhere.has(link)) },
    error: null,
  };
}

/** The one whose name begins most alike: another version of a compiler is nearer than another compiler. The last of several. */
function nearestOf(others: Series, series: string | null): readonly [string, Metrics] {
  const alike = (name: string): number => {
    let at = 0;
    while (at < name.length && name[at] === series?.[at]) at++;
    return at;
  };
  return [...others].reduce((best, each) => (alike(each[0]) >= alike(best[0]) ? each : best));
}

/** Where nothing may pass that the baseline does not hold: a new toolchain would make a new series of everything, for ever. */
export function withoutNewSeries(pair: TestedPair): TestedPair {
  if (pair.verdict !== 'new series') return pair;
  const why = `the baseline holds no series of ${pair.series!}, and none may be new: measure with the toolchain or the firmware that it holds, or write this one with --update`;
  return { ...pair, verdict: 'failed', why };
}

export function judge(baseline: Baseline | undefined, measured: Measured): Judged {
  const { tier, series, metrics, warnings } = measured;
  const held = heldFor(baseline, measured);
  const of = { tier, series, warnings, nearest: null, error: null };
  if (held.metrics === undefined) {
    if (held.others.size > 0) return { ...of, ...judgeNewSeries(held.others, measured) };
    const why = 'there is no baseline: look at what is measured, and write it with --update';
    return { ...of, verdict: 'failed', why, moved: [], metrics: 0, differences: [] };
  }
  const differences = compareMetrics(held.metrics, metrics);
  const hasFailed = differences.some(isFailure);
  return {
    ...of,
    verdict: hasFailed ? 'failed' : 'passed',
    why: hasFailed ? whyOf(differences) : gainsOf(differences),
    moved: movedLinks(differences),
    metrics: metrics.length,
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

/** On this machine the file that is made, elsewhere the file that is measured. */
const modelKeys = { host: 'bytes.model', emu: 'input.model', hw: 'input.model' } as const;

/**
 * With what was measured in place of what it had of that tier and series, and without what was measured of another file: it
 * would hold nothing any more.
 */
export function updated(baseline: Baseline, { tier, series, metrics }: Measured): Baseline {
  const values = metricsOf(metrics);
  const model = values.get(modelKeys[tier]);
  const ofSame = (other: Series = noSeries): Series =>
    new Map([...other].filter(([, each]) => each.get(modelKeys.emu) === model));
  const kept = { ...baseline, emu: ofSame(baseline.emu), hw: ofSame(baseline.hw) };
  if (tier === 'host') return { ...kept, host: values };
  return { ...kept, [tier]: new Map([...kept[tier], [series!, values]]) };
}
