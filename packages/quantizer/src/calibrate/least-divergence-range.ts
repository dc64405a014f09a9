// The interval whose steps keep the distribution of the values best: by Kullback-Leibler divergence, on the histogram.
import type { Histogram } from './histogram.js';
import { byteGrid, coveredBy, type NumberGrid } from './number-grid.js';
import type { Range } from './range.js';

/** Ends are tried in steps of 1/64 of what was seen, down to a quarter. */
const steps = 64;
/** What the integers hold of a bin that only clipped values came into, against infinite divergence; in values. */
const smoothing = 1e-4;

interface Bins {
  /** Ascending. */
  readonly centers: readonly number[];
  readonly counts: readonly number[];
}

/**
 * Shrinks the upper end of `whole` (which contains 0), then the lower one. Values outside count as the nearest inside; inside,
 * the bins that share an integer are taken to hold equally much each. What is kept is the interval where the distribution
 * that the integers can tell is closest to that of the values, after Migacz, 8-bit inference with TensorRT (2017).
 */
export function leastDivergenceRange(histogram: Histogram, whole: Range, grid: NumberGrid = byteGrid): Range {
  const bins = collect(histogram);
  let best = { ...whole, divergence: divergence(bins, whole, grid) };
  const consider = (min: number, max: number): void => {
    const each = divergence(bins, { min, max }, grid);
    if (each < best.divergence) best = { min, max, divergence: each };
  };
  for (let step = steps - 1; step >= steps / 4; step--) consider(whole.min, (whole.max * step) / steps);
  const { max } = best;
  for (let step = steps - 1; step >= steps / 4; step--) consider((whole.min * step) / steps, max);
  return { min: best.min, max: best.max };
}

/** Without the bin that zeros fall into: they are exact in any range, and all that a RELU holds back would narrow it. */
function collect(histogram: Histogram): Bins {
  const [centers, counts]: [number[], number[]] = [[], []];
  histogram.forEach((center, count) => {
    if (center > 0 && center < histogram.width) return;
    centers.push(center);
    counts.push(count);
  });
  return { centers, counts };
}

/** Of what the integers of an interval can tell of the values, from the values; in nats. */
function divergence({ centers, counts }: Bins, range: Range, grid: NumberGrid): number {
  const { min, max } = coveredBy(range, grid);
  const scale = (max - min) / grid.steps;
  if (!(scale > 0)) return Infinity;
  const [first, end] = inside(centers, min, max, scale);
  if (first === end) return Infinity;
  const sum = (from: number, to: number): number => {
    let total = 0;
    for (let bin = from; bin < to; bin++) total += counts[bin]!;
    return total;
  };
  const [below, within, above] = [sum(0, first), sum(first, end), sum(end, counts.length)];
  const total = below + within + above;
  let result = 0;
  for (let bin = first; bin < end;) {
    const level = Math.round((centers[bin]! - min) / scale);
    let next = bin;
    while (next < end && Math.round((centers[next]! - min) / scale) === level) next++;
    // The same for each of them.
    const told = Math.max(smoothing, sum(bin, next) / (next - bin)) / within;
    for (let each = bin; each < next; each++) {
      const clipped = (each === first ? below : 0) + (each === end - 1 ? above : 0);
      const share = (counts[each]! + clipped) / total;
      result += share * Math.log(share / told);
    }
    bin = next;
  }
  return result;
}

/** Positions of the bins whose values an integer stands for: half a step beyond the ends, too. */
function inside(centers: readonly number[], min: number, max: number, scale: number): readonly [number, number] {
  const position = (limit: number): number => {
    const found = centers.findIndex((center) => center > limit);
    return found < 0 ? centers.length : found;
  };
  return [position(min - scale / 2), position(max + scale / 2)];
}
