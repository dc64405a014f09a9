// The difference of two shares of right decisions on the same samples.
import { influenceInterval } from './influence-interval.js';
import { clip, differenceOf, hull, type Difference, type Interval } from './interval.js';
import { mcnemarProbability } from './mcnemar.js';
import { confidencePercent, normalQuantile } from './student.js';
import { unitsAmong, type Units } from './sample-units.js';

/** What became of the labelled decisions of one sample: those that only the second model has right, and only the first. */
export interface SampleFlips {
  readonly labelled: number;
  readonly gained: number;
  readonly lost: number;
}

/**
 * Beyond chance is only what is so in every way of looking: decisions taken as independent, by the exact test, and whatever
 * may fall together (decisions of a sample, recordings, stretches of the data) taken as one. Undefined without labels.
 */
export function pairedDifference(all: readonly SampleFlips[], units: Units): Difference | undefined {
  const flips = all.filter((each) => each.labelled > 0);
  const total = (of: (each: SampleFlips) => number): number => flips.reduce((sum, each) => sum + of(each), 0);
  const labelled = total((each) => each.labelled);
  if (flips.length === 0) return undefined;
  const [gained, lost] = [total((each) => each.gained), total((each) => each.lost)];
  const value = (gained - lost) / labelled;
  const together = influenceInterval(
    value,
    flips.map((each) => (each.gained - each.lost - value * each.labelled) / labelled),
    unitsAmong(units, (sample) => all[sample]!.labelled > 0),
  );
  // A single sample of many decisions tells nothing of others.
  const alone = flips.some((each) => each.labelled > 1) ? { low: -1, high: 1 } : undefined;
  const intervals = [flipInterval(labelled, gained, lost), together ?? alone];
  return differenceOf(value, clip(hull(intervals.filter((each) => each !== undefined)), -1, 1), 'more');
}

/**
 * Tango's score interval (Statistics in Medicine 17, 1998) of (gained - lost) / decisions, decisions being independent. It
 * holds 0 where McNemar's exact test sees nothing: of few flips the score says too much.
 */
export function flipInterval(decisions: number, gained: number, lost: number): Interval {
  const value = (gained - lost) / decisions;
  const low = endOf(decisions, gained, lost, -1, value, normalQuantile);
  const high = endOf(decisions, gained, lost, value, 1, -normalQuantile);
  const seen = mcnemarProbability(gained, lost) < 1 - confidencePercent / 100;
  return seen ? { low, high } : { low: Math.min(low, 0), high: Math.max(high, 0) };
}

/** Where between `from` and `to` the score, which falls, is `wanted`. */
function endOf(decisions: number, gained: number, lost: number, from: number, to: number, wanted: number): number {
  let [left, right] = [from, to];
  for (let step = 0; step < 60; step++) {
    const middle = (left + right) / 2;
    if (score(decisions, gained, lost, middle) > wanted) left = middle;
    else right = middle;
  }
  return (left + right) / 2;
}

/** How many standard errors the difference seen lies above `difference`, were that the true one. */
function score(decisions: number, gained: number, lost: number, difference: number): number {
  const [a, b, c] = [
    2 * decisions,
    (2 * decisions - gained + lost) * difference - gained - lost,
    -lost * difference * (1 - difference),
  ];
  const lostShare = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a);
  const variance = decisions * Math.max(0, 2 * lostShare + difference * (1 - difference));
  const above = gained - lost - decisions * difference;
  return above === 0 ? 0 : above / Math.sqrt(variance);
}
