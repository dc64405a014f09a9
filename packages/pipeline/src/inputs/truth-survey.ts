// What is known of the samples of a data set, looked at before anything is made of it: class numbers, rows, or nothing.
import type { Truth } from '@wherry/calibration-data';
import { areShares } from '../accuracy/truth-reading.js';

export interface TruthSurvey {
  /** `numbers`: one for each sample; `rows`: several for each. */
  readonly kind: 'none' | 'numbers' | 'rows';
  readonly samples: number;
  /** Numbers in a row. */
  readonly width: number;
  readonly least: number;
  readonly greatest: number;
  /** All of them are whole numbers. */
  readonly whole: boolean;
  /** The first different numbers, in ascending order. */
  readonly values: readonly number[];
  /** Every row has a single one, and zeros or minus ones besides. */
  readonly oneHot: boolean;
  /** The widths looked at by which rows fall into shares: numbers from 0 to 1 that sum to 1. */
  readonly shareWidths: readonly number[];
  /** Class names that the data has itself, by number. */
  readonly names?: readonly string[] | undefined;
}

/** More different numbers than this are no answer to anything asked here. */
const remembered = 4096;

export async function surveyTruths(
  truths: AsyncIterable<Truth>,
  names: readonly string[] | undefined,
  /** Numbers of classes that the outputs tell apart. */
  widths: readonly number[] = [],
): Promise<TruthSurvey> {
  const values = new Set<number>();
  const shared = new Map(widths.map((own) => [own, true]));
  let [samples, numbers, width, least, greatest, whole, single] = [0, 0, 0, Infinity, -Infinity, true, true];
  for await (const { label, target } of truths) {
    samples += 1;
    if (label !== undefined) numbers += 1;
    const row: ArrayLike<number> = target ?? (label === undefined ? [] : [label]);
    if (row.length === 0) continue;
    width = row.length;
    if (shared.size === 0) shared.set(row.length, true);
    for (const [own, so] of shared) if (so && !areShares(row, own)) shared.set(own, false);
    let ones = 0;
    for (let i = 0; i < row.length; i++) {
      const value = row[i]!;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      whole &&= Number.isInteger(value);
      if (values.size < remembered) values.add(value);
      if (value === 1) ones += 1;
    }
    single &&= ones === 1;
  }
  const kind = width === 0 ? 'none' : numbers > 0 ? 'numbers' : 'rows';
  const sorted = [...values].sort((a, b) => a - b);
  const oneHot = kind === 'rows' && single && sorted.length === 2 && (sorted[0] === 0 || sorted[0] === -1);
  const shareWidths = [...shared].flatMap(([own, so]) => (so && kind === 'rows' ? [own] : []));
  return { kind, samples, width, least, greatest, whole, values: sorted, oneHot, shareWidths, names };
}

/** -1 and 1, and nothing else. */
export function isSigns({ values }: TruthSurvey): boolean {
  return values.length === 2 && values[0] === -1 && values[1] === 1;
}

export const noTruths: TruthSurvey = {
  kind: 'none',
  samples: 0,
  width: 0,
  least: 0,
  greatest: 0,
  whole: true,
  values: [],
  oneHot: false,
  shareWidths: [],
};
