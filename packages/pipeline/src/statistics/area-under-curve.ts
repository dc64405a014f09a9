// The area under the ROC curve: how likely a sample of label 1 scores above one of label 0, and what chance makes of it.
import { areaDifferenceInterval, areaScoreInterval, type Members } from './area-interval.js';
import { clip, differenceOf, type Difference, type Interval } from './interval.js';
import { midRanks } from './ranks.js';
import type { Units } from './sample-units.js';

export interface Area {
  readonly area: number;
  /** By how much each sample moves it: DeLong's components (Biometrics 44, 1988), in the ranks of Sun and Xu (2014). */
  readonly influences: Float64Array;
}

/** By the ranks (Mann-Whitney U), equal scores counting half. Undefined where one of the two labels is missing or a score is no number. */
export function areaUnderCurve(labels: readonly number[], scores: readonly number[]): number | undefined {
  return areaOf(labels, scores)?.area;
}

export function areaOf(labels: readonly number[], scores: readonly number[]): Area | undefined {
  if (scores.some(Number.isNaN)) return undefined;
  const isYes = (i: number): boolean => labels[i] === 1;
  const all = midRanks(scores);
  const own = (yes: boolean): number[] => labels.flatMap((_, i) => (isYes(i) === yes ? [i] : []));
  const [positives, negatives] = [own(true), own(false)];
  if (positives.length === 0 || negatives.length === 0) return undefined;
  // Of each sample, the share of those of the other label that it is on the right side of.
  const above = new Float64Array(scores.length);
  for (const [members, others] of [
    [positives, negatives],
    [negatives, positives],
  ] as const) {
    const among = midRanks(members.map((i) => scores[i]!));
    members.forEach((i, k) => {
      const beaten = (all[i]! - among[k]!) / others.length;
      above[i] = isYes(i) ? beaten : 1 - beaten;
    });
  }
  const area = positives.reduce((sum, i) => sum + above[i]!, 0) / positives.length;
  const influences = above.map((share, i) => (share - area) / (isYes(i) ? positives.length : negatives.length));
  return { area, influences };
}

/** Undefined where it is not known. */
export function areaInterval(labels: readonly number[], scores: readonly number[], units: Units): Interval | undefined {
  const known = areaOf(labels, scores);
  return known && areaScoreInterval(known.area, known.influences, units, membersOf(labels, units));
}

/** Of two rankings of the same samples. */
export function areaDifference(
  labels: readonly number[],
  scores: { readonly first: readonly number[]; readonly second: readonly number[] },
  units: Units,
): Difference | undefined {
  const [first, second] = [areaOf(labels, scores.first), areaOf(labels, scores.second)];
  if (first === undefined || second === undefined) return undefined;
  const value = second.area - first.area;
  const influences = second.influences.map((own, i) => own - first.influences[i]!);
  const { positives, negatives } = membersOf(labels, units);
  const interval = areaDifferenceInterval(value, influences, units, Math.min(positives, negatives));
  return interval && differenceOf(value, clip(interval, -1, 1), 'more');
}

function membersOf(labels: readonly number[], { of, unitOf }: Units): Members {
  const counted = (yes: boolean): number => {
    const members = labels.flatMap((label, i) => ((label === 1) === yes ? [i] : []));
    return of === 'recordings' ? new Set(members.map((i) => unitOf[i])).size : members.length;
  };
  return { positives: counted(true), negatives: counted(false) };
}
