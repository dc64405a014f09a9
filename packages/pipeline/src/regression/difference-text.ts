// A metric that moved, in words.
import { counted, printable } from '@wherry/graph';
import { short } from '../report/numbers.js';
import type { Difference } from './compare.js';
import type { MetricValue } from './metric.js';
import type { NearestSeries } from './test-result.js';

const longest = 60;

export function valueText(value: MetricValue): string {
  if (value === null) return 'none';
  if (typeof value === 'object') return `${short(value.median)} (spread ${short(value.mad)}, ${value.windows} windows)`;
  const text = printable(String(value));
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** `plan.layer.conv: changed from A to B`, in one line. */
export function differenceText({ metric, move, baseline, now }: Difference): string {
  const name = printable(metric);
  if (move === 'new') return `${name}: ${valueText(now)}, which the baseline does not hold`;
  if (move === 'missing') return `${name}: ${valueText(baseline)} in the baseline, and not measured any more`;
  if (isDigest(baseline) && isDigest(now)) return `${name}: changed`;
  return `${name}: ${move === 'changed' ? '' : `${move}, `}${apart(baseline, now)}${shareText(baseline, now)}`;
}

/** In front of what it differs by. */
export function nearestText({ series, differences }: NearestSeries): string {
  const count =
    differences.length === 0
      ? 'nothing differs'
      : `${counted(differences.length, 'metric')} differ${differences.length === 1 ? 's' : ''}`;
  return `beside ${printable(series)}: ${count}`;
}

/** Of which nobody learns anything by reading them. */
function isDigest(value: MetricValue): boolean {
  return typeof value === 'string' && /^([0-9a-f]{16}|[0-9a-f]{64})( [0-9a-f]{16})*$/.test(value);
}

/** Long values that begin alike are shown from where they part. */
function apart(before: MetricValue, now: MetricValue): string {
  const [one, other] = [before, now].map((value) => (typeof value === 'string' ? printable(value) : valueText(value)));
  let same = 0;
  while (same < one!.length && one![same] === other![same]) same++;
  const from = one!.length <= longest && other!.length <= longest ? 0 : Math.max(0, same - 8);
  const part = (text: string): string =>
    `${from > 0 ? '…' : ''}${text.slice(from, from + longest)}${text.length > from + longest ? '…' : ''}`;
  return `${part(one!)} -> ${part(other!)}`;
}

/** Of numbers, by how much. */
export function shareText(before: MetricValue, now: MetricValue): string {
  const [one, other] = [before, now].map((value) =>
    typeof value === 'number' ? value : typeof value === 'object' && value !== null ? value.median : undefined,
  );
  if (one === undefined || other === undefined || one === 0) return '';
  const percent = (100 * (other - one)) / Math.abs(one);
  return ` (${percent > 0 ? '+' : ''}${short(percent)} %)`;
}
