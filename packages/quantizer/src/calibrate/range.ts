// From statistics to a range: the five methods a user can choose, each a function of what was collected once.
import type { TensorId } from '@wherry/graph';
import { HistogramTails } from './histogram-tails.js';
import { leastDivergenceRange } from './least-divergence-range.js';
import { byteGrid, coveredBy, type NumberGrid } from './number-grid.js';
import type { RangeMethod } from './range-methods.js';
import type { TensorStatistics } from './statistics.js';

/** Tried when none is asked for. The moving average hangs on the order of the samples, and what it clips the others clip better. */
export const triedMethods: readonly RangeMethod[] = ['min-max', 'percentile', 'mse'];

/** Fewer different values could be whole by accident, and a step of 1 would be coarse for others. */
const leastByteSpan = 64;

export interface RangeOptions {
  readonly method: RangeMethod;
  /** Share of the values that the percentile method keeps, in percent of the whole; half the rest is cut on each side. */
  readonly percentile: number;
  /** Share of the negative side that is kept, 1 when left out: logits far below the others do not matter to a SOFTMAX. */
  readonly lowerShare?: number;
}

/** How every tensor's range is chosen, and which tensors have a choice of their own. */
export interface RangeChoice extends RangeOptions {
  /** How many samples the ranges are of, as far as they differ; enough of them, when left out. */
  readonly evidence?: number;
  readonly overrides?: ReadonlyMap<TensorId, RangeOptions>;
  /** Of the integers of activations; those of int8, when left out. */
  readonly grid?: NumberGrid;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The real interval that the integers shall cover; it always contains 0, as padding needs an exact zero. */
export function rangeOf(statistics: TensorStatistics, options: RangeOptions, grid: NumberGrid = byteGrid): Range {
  const { min, max } = findRange(statistics, options, grid);
  return { min: min * (options.lowerShare ?? 1), max };
}

function findRange(statistics: TensorStatistics, options: RangeOptions, grid: NumberGrid): Range {
  const whole = withZero(statistics);
  switch (options.method) {
    case 'min-max':
      return whole;
    case 'moving-average':
      return withZero({ min: statistics.movingMin, max: statistics.movingMax });
    case 'percentile':
      return percentileRange(statistics, options.percentile);
    case 'mse':
      return leastErrorRange(statistics, grid);
    case 'entropy':
      return leastDivergenceRange(statistics.histogram, whole, grid);
  }
}

/**
 * The interval for a graph input: all that was seen, since what a user feeds is known exactly. What were bytes once (whole
 * numbers, most of whose range was seen, or multiples of another step) get exactly those steps, so that quantizing them
 * loses nothing: the integers that are left over are for what other samples may hold.
 */
export function inputRange(statistics: TensorStatistics): Range {
  const { min, max } = withZero(statistics);
  const step = statistics.whole ? 1 : statistics.step;
  if (step === undefined) return { min, max };
  const [low, high] = [Math.round(min / step), Math.round(max / step)];
  if ((statistics.whole && high - low < leastByteSpan) || high - low > 255) return { min, max };
  const range = statistics.whole ? byteRange(low, high) : spreadRange(low, high);
  return { min: range.min * step, max: range.max * step };
}

/** Whole numbers are told by their values which kind of byte they are. */
function byteRange(low: number, high: number): Range {
  if (low === 0) return { min: 0, max: 255 };
  return low >= -128 && high <= 127 ? { min: -128, max: 127 } : { min: low, max: low + 255 };
}

/** Both ends reach beyond by the same share of what was seen there. */
function spreadRange(low: number, high: number): Range {
  const min = Math.round((low * 255) / (high - low));
  return { min, max: min + 255 };
}

export function withZero({ min, max }: Range): Range {
  return { min: Math.min(0, min), max: Math.max(0, max) };
}

function percentileRange(statistics: TensorStatistics, percentile: number): Range {
  let total = 0;
  statistics.histogram.forEach((_, count) => (total += count));
  const cut = ((100 - percentile) / 200) * total;
  let min = statistics.max;
  let max = statistics.min;
  let below = 0;
  const half = statistics.histogram.width / 2;
  statistics.histogram.forEach((center, count) => {
    if (below + count > cut && min === statistics.max) min = center - half;
    if (below < total - cut) max = center + half;
    below += count;
  });
  return withZero({ min: Math.max(min, statistics.min), max: Math.min(max, statistics.max) });
}

/**
 * Shrinks both ends in steps of 1/64 of the full range and keeps the pair with the least mean squared error of a
 * quantization to that grid, judged on the histogram: inside, the rounding error scale^2 / 12; outside, the clipped distance.
 */
function leastErrorRange(statistics: TensorStatistics, grid: NumberGrid): Range {
  const whole = withZero(statistics);
  const tails = new HistogramTails(statistics.histogram);
  const steps = 64;
  let best = { ...whole, error: squaredError(tails, whole, grid) };
  const consider = (min: number, max: number): void => {
    const error = squaredError(tails, { min, max }, grid);
    if (error < best.error) best = { min, max, error };
  };
  for (let step = steps - 1; step >= steps / 4; step--) consider(whole.min, (whole.max * step) / steps);
  const { max } = best;
  for (let step = steps - 1; step >= steps / 4; step--) consider((whole.min * step) / steps, max);
  return { min: best.min, max: best.max };
}

function squaredError(tails: HistogramTails, range: Range, grid: NumberGrid): number {
  const { min, max } = coveredBy(range, grid);
  const [below, above] = [tails.below(min), tails.above(max)];
  const rounding = ((max - min) / grid.steps) ** 2 / 12;
  return below.squares + above.squares + rounding * (tails.total - below.count - above.count);
}
