// The interval of any figure, from what each sample does to it.
import { hull, type Interval } from './interval.js';
import { studentQuantile } from './student.js';
import type { Units } from './sample-units.js';

/**
 * `influences`: by how much each sample moves the figure, so that they sum to 0; the variance of the figure is that of their
 * sums over independent units (linearization, as of a ratio or of an area under a curve: Obuchowski, Biometrics 53, 1997).
 * Student's t over units that are the samples themselves, and over `units`: the wider of the two. Undefined of one unit alone,
 * which tells nothing of chance.
 */
export function influenceInterval(value: number, influences: ArrayLike<number>, units: Units): Interval | undefined {
  const each = Array.from(influences);
  const sums = new Array<number>(units.count).fill(0);
  each.forEach((influence, sample) => (sums[units.unitOf[sample]!]! += influence));
  const halves = [each, sums].map(halfWidth);
  if (halves.includes(undefined)) return undefined;
  return hull(halves.map((half) => ({ low: value - half!, high: value + half! })));
}

function halfWidth(sums: readonly number[]): number | undefined {
  const count = sums.length;
  if (count < 2) return undefined;
  const square = sums.reduce((sum, each) => sum + each * each, 0);
  return studentQuantile(count - 1) * Math.sqrt((count / (count - 1)) * square);
}
