// How what is known of a sample is put into the terms of an output's task, where the data says it otherwise.
import type { SampleTruth } from './output-comparison.js';

/**
 * `signs`: -1 for no and 1 for yes. `one-hot`: a row whose greatest value stands at the class; `soft`: the same of shares
 * that sum to 1. `class-map`: a class number for each of several rows of scores; `one-hot-map` and `soft-map`: a row for each.
 */
export type TruthReading = 'signs' | 'one-hot' | 'soft' | 'class-map' | 'one-hot-map' | 'soft-map';

/** What maps of class numbers have where no class is meant. */
export const noClass: readonly number[] = [255, -1];

/** Shares that were rounded to two or three places still sum to about 1. */
const sumTolerance = 0.01;

/** `classes`: the length of a row, where a sample has several. */
export function readTruth(reading: TruthReading | undefined, truth: SampleTruth, classes = 1): SampleTruth {
  const { label, target } = truth;
  switch (reading) {
    case undefined:
      return truth;
    case 'signs':
      return {
        ...(label !== undefined && { label: yesOfSign(label) }),
        ...(target !== undefined && { target: Float32Array.from(target, yesOfSign) }),
      };
    case 'one-hot':
    case 'soft': {
      const found = target === undefined ? -1 : greatest(target, 0, target.length);
      return found < 0 ? {} : { label: found };
    }
    case 'class-map':
      return target === undefined ? {} : { rows: Int32Array.from(target, (given) => (given < classes ? given : -1)) };
    case 'one-hot-map':
    case 'soft-map':
      return target === undefined
        ? {}
        : {
            rows: Int32Array.from({ length: target.length / classes }, (_, i) =>
              greatest(target, i * classes, classes),
            ),
          };
  }
}

const yesOfSign = (value: number): number => (value > 0 ? 1 : 0);

/** Position of the greatest of `count` values from `start`; -1 where several share it, as no class is meant then. */
export function greatest(values: ArrayLike<number>, start: number, count: number): number {
  let [best, shared] = [0, false];
  for (let i = 1; i < count; i++) {
    const difference = values[start + i]! - values[start + best]!;
    if (difference > 0) [best, shared] = [i, false];
    else if (difference === 0) shared = true;
  }
  return shared ? -1 : best;
}

/** Every `width` numbers of the row are from 0 to 1 and sum to 1. */
export function areShares(row: ArrayLike<number>, width: number): boolean {
  if (width < 2 || row.length % width !== 0) return false;
  for (let start = 0; start < row.length; start += width) {
    let sum = 0;
    for (let i = start; i < start + width; i++) {
      if (!(row[i]! >= 0 && row[i]! <= 1)) return false;
      sum += row[i]!;
    }
    if (Math.abs(sum - 1) > sumTolerance) return false;
  }
  return true;
}
