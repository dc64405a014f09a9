// Intervals of areas under the ROC curve that hold near 1 as well, where few samples are out of place and little scatters.
import { influenceInterval } from './influence-interval.js';
import type { Interval } from './interval.js';
import type { Units } from './sample-units.js';
import { normalQuantile } from './student.js';
import { wilson } from './share-interval.js';

/** Of the two labels: independent units that have it. */
export interface Members {
  readonly positives: number;
  readonly negatives: number;
}

/** Halvings of [0, 1]: to the last digit that a report has, and far beyond. */
const halvings = 40;

/**
 * The areas that the one that was found is within chance of (Newcombe's method 5, Statistics in Medicine 25, 2006), with the
 * variance that each of them would have (Hanley and McNeil, Radiology 143, 1982), widened by as much as the influences scatter
 * more than that. Undefined where nothing is known of chance.
 */
export function areaScoreInterval(
  area: number,
  influences: ArrayLike<number>,
  units: Units,
  members: Members,
): Interval | undefined {
  const isWithoutFault = area <= 0 || area >= 1;
  const scatter = isWithoutFault ? { low: area, high: area } : influenceInterval(area, influences, units);
  if (scatter === undefined) return undefined;
  const own = varianceAt(area, members);
  const beyond = own > 0 ? Math.max(1, ((scatter.high - area) / normalQuantile) ** 2 / own) : 1;
  const isWithin = (other: number): boolean =>
    Math.abs(other - area) <= normalQuantile * Math.sqrt(beyond * varianceAt(other, members));
  return { low: furthest(area, 0, isWithin), high: furthest(area, 1, isWithin) };
}

function varianceAt(area: number, { positives, negatives }: Members): number {
  const others = (positives + negatives) / 2 - 1;
  const pairs = 1 + (others * (1 - area)) / (2 - area) + (others * area) / (1 + area);
  return (area * (1 - area) * pairs) / (positives * negatives);
}

/** On the way from `within` to `end`. */
function furthest(within: number, end: number, isWithin: (other: number) => boolean): number {
  if (isWithin(end)) return end;
  let [near, far] = [within, end];
  for (let i = 0; i < halvings; i++) {
    const middle = (near + far) / 2;
    if (isWithin(middle)) near = middle;
    else far = middle;
  }
  return near;
}

/**
 * Samples that are thought to move as far as the one that moves most, for those that were not met: of two good rankings few
 * samples tell them apart, and their scatter alone says too little (as successes and failures are added to a share: Agresti and
 * Min, Statistics in Medicine 24, 2005). With fewer the coverage of nominal 95 % falls below 93 near an area of 1.
 */
const unmet = 6;

/** Of a difference of two areas, of as many `rarest` units with the rarer label. Undefined where nothing is known of chance. */
export function areaDifferenceInterval(
  value: number,
  influences: ArrayLike<number>,
  units: Units,
  rarest: number,
): Interval | undefined {
  let most = 0;
  for (let i = 0; i < influences.length; i++) most = Math.max(most, Math.abs(influences[i]!));
  // No pair is ranked otherwise in any of them.
  if (most === 0) {
    const { high: unseen } = wilson(0, rarest);
    return { low: value - unseen, high: value + unseen };
  }
  const scatter = influenceInterval(value, influences, units);
  if (scatter === undefined) return undefined;
  const half = Math.hypot(scatter.high - value, normalQuantile * Math.sqrt(unmet) * most);
  return { low: value - half, high: value + half };
}
