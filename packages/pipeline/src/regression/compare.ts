// What was measured against what the baseline holds.
import { linkOf, links, type Link, type Metric, type MetricClass, type MetricValue, type Spread } from './metric.js';
import type { Metrics } from './baseline.js';

/**
 * `changed`, `worse`, `slower` fail; so do `missing` (of the baseline, not measured any more) and `new` (measured, not in the
 * baseline): both are something that nobody has looked at. `better` and `faster` do not.
 */
export type Move = 'changed' | 'worse' | 'slower' | 'missing' | 'new' | 'better' | 'faster';

export interface Difference {
  readonly metric: string;
  readonly link: Link;
  readonly move: Move;
  /** Null where there is none. */
  readonly baseline: MetricValue;
  readonly now: MetricValue;
}

const gains: ReadonlySet<Move> = new Set(['better', 'faster']);

export function isFailure({ move }: Difference): boolean {
  return !gains.has(move);
}

/** Of which an exact metric that rises is a cost that does. */
const costs: ReadonlySet<Link> = new Set(['memory', 'time']);

/** Of a number that is better the less it is. */
export function isCost({ link, baseline, now }: Difference): boolean {
  return costs.has(link) && typeof baseline === 'number' && typeof now === 'number';
}

/** What somebody has lost by the move, as far as that can be told: whoever updates is to see it. */
export function isLoss(difference: Difference): boolean {
  const { move, baseline, now } = difference;
  if (move !== 'changed') return move === 'worse' || move === 'slower' || move === 'missing';
  return isCost(difference) && baseline! < now!;
}

/** In the order of the chain. */
export function compareMetrics(baseline: Metrics, now: readonly Metric[]): readonly Difference[] {
  const keys = new Set<string>(now.map(({ key }) => key));
  const gone = [...baseline].flatMap(([metric, value]): Difference[] =>
    keys.has(metric) ? [] : [{ metric, link: linkOf(metric)!, move: 'missing', baseline: value, now: null }],
  );
  const moved = now.flatMap(({ key, value, class: kind }): Difference[] => {
    const of = { metric: key, link: linkOf(key)!, now: value };
    if (!baseline.has(key)) return [{ ...of, move: 'new', baseline: null }];
    const before = baseline.get(key)!;
    const move = moveOf(kind, before, value);
    return move === undefined ? [] : [{ ...of, move, baseline: before }];
  });
  return links.flatMap((link) => [...moved, ...gone].filter((each) => each.link === link));
}

function moveOf(kind: MetricClass, before: MetricValue, now: MetricValue): Move | undefined {
  if (isSpread(before) && isSpread(now)) return timeMove(before, now);
  if (JSON.stringify(before) === JSON.stringify(now)) return undefined;
  if (typeof before !== 'number' || typeof now !== 'number' || kind === 'exact') return 'changed';
  return now > before === (kind === 'higher') ? 'better' : 'worse';
}

/** Medians further apart than this many times what the windows of one run differ by are seldom one and the same. */
const spreads = 3;
/** Of normally distributed values the standard deviation by the median of their distances. */
const deviationPerMad = 1.4826;
/** Windows of a quiet board are all alike: what a clock's drift comes to is still no regression. */
const leastShare = 0.01;
/** However much the windows differ: a run that is disturbed must not hide what it came to. */
const mostShare = 0.1;

function timeMove(before: Spread, now: Spread): Move | undefined {
  const chance = Math.min(
    Math.max(spreads * deviationPerMad * Math.max(before.mad, now.mad), leastShare * before.median),
    mostShare * before.median,
  );
  const difference = now.median - before.median;
  if (Math.abs(difference) <= chance) return undefined;
  return difference > 0 ? 'slower' : 'faster';
}

function isSpread(value: MetricValue): value is Spread {
  return typeof value === 'object' && value !== null;
}

/** The first of the chain that failed, then the others, each once. */
export function movedLinks(differences: readonly Difference[]): readonly Link[] {
  return [...new Set(differences.filter(isFailure).map(({ link }) => link))];
}
