// What a measured figure may be on other samples of the same kind, and what a difference says beyond that.

/** At the confidence of `confidencePercent`. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** `loss` and `gain` are of the second of two models, and beyond chance. */
export type Verdict = 'within chance' | 'loss' | 'gain';

/** Of two models on the same samples: the second less the first. */
export interface Difference extends Interval {
  readonly value: number;
  readonly verdict: Verdict;
}

/** `better`: what is better, more of the figure or less. */
export function differenceOf(value: number, { low, high }: Interval, better: 'more' | 'less'): Difference {
  const [less, more] = better === 'more' ? (['loss', 'gain'] as const) : (['gain', 'loss'] as const);
  return { value, low, high, verdict: high < 0 ? less : low > 0 ? more : 'within chance' };
}

/** The interval that holds all of them. */
export function hull(intervals: readonly Interval[]): Interval {
  return { low: Math.min(...intervals.map(({ low }) => low)), high: Math.max(...intervals.map(({ high }) => high)) };
}

export function clip({ low, high }: Interval, least: number, greatest: number): Interval {
  return { low: Math.max(least, low), high: Math.min(greatest, high) };
}
