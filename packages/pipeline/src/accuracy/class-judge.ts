// Judges rows of class scores: the same class as the float model, and the right one where labels say which.
import { SampleUnits } from '../statistics/sample-units.js';
import { DecisionTally, type Decisions } from './decision-tally.js';
import type { OutputJudge } from './output-comparison.js';

/** One decision per row of scores: as many as samples, unless a sample has several, such as one per pixel. Of equals the first. */
export interface Top1 extends Decisions {
  /** Rows of independent scores whose greatest is shared by several classes, in float or in int8: no decision is made there. */
  readonly tied?: number;
}

/**
 * The label among the `k` greatest scores, of equals the first; `agree` where the class of the float model is among those of
 * the quantized one.
 */
export interface TopK extends Decisions {
  readonly k: number;
}

/** Beyond this many classes it is not kept which is taken for which. */
const greatestConfusion = 256;

/** Of fewer classes nearly every label is among the five greatest. */
const fewestForTopK = 10;
const topK = 5;

export function classJudge(classes: number, labelled: boolean, independent = false): OutputJudge {
  let tied = 0;
  const units = new SampleUnits();
  const [first, among] = [new DecisionTally(), classes >= fewestForTopK ? new DecisionTally() : undefined];
  const confusion = labelled && classes <= greatestConfusion ? new Uint32Array(classes * classes) : undefined;
  return {
    add: (expected, actual, { label: only, rows, group }) => {
      const single = expected.length === classes;
      units.add(single ? (only ?? classOf(expected, 0, classes) ?? 0) : 0, group);
      first.begin();
      among?.begin();
      for (let row = 0; row < expected.length; row += classes) {
        const [wanted, given] = [classOf(expected, row, classes), classOf(actual, row, classes)];
        if (independent && (isShared(expected, row, classes, wanted) || isShared(actual, row, classes, given))) {
          tied += 1;
          continue;
        }
        first.decided(wanted !== undefined && wanted === given);
        among?.decided(given !== undefined && wanted !== undefined && isAmong(actual, row, classes, wanted));
        const label = single ? only : rows?.[row / classes];
        if (label === undefined || label < 0 || !labelled) continue;
        first.judged(wanted === label, given === label);
        among?.judged(
          wanted !== undefined && isAmong(expected, row, classes, label),
          given !== undefined && isAmong(actual, row, classes, label),
        );
        if (confusion !== undefined && wanted !== undefined) confusion[label * classes + wanted]! += 1;
      }
    },
    result: () => {
      const known = units.result;
      return {
        top1: { ...first.result(known), ...(tied > 0 && { tied }) },
        ...(among !== undefined && { topK: { k: topK, ...among.result(known) } }),
        ...(confusion !== undefined && { confusion: { classes, counts: [...confusion] } }),
      };
    },
  };
}

/** Undefined where a score is no number: nothing is greater or less than that. */
export function classOf(values: ArrayLike<number>, start: number, count: number): number | undefined {
  for (let i = start; i < start + count; i++) if (Number.isNaN(values[i])) return undefined;
  return argmax(values, start, count);
}

/** Position of the greatest of `count` values from `start`, counted from there; of equals the first. */
function argmax(values: ArrayLike<number>, start: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) if (values[start + i]! > values[start + best]!) best = i;
  return best;
}

export function isShared(values: ArrayLike<number>, start: number, count: number, best: number | undefined): boolean {
  if (best === undefined) return false;
  for (let i = best + 1; i < count; i++) if (values[start + i] === values[start + best]) return true;
  return false;
}

/** Fewer than `topK` of the scores come before that of `wanted`. */
function isAmong(values: ArrayLike<number>, start: number, count: number, wanted: number): boolean {
  const own = values[start + wanted]!;
  let before = 0;
  for (let i = 0; i < count; i++) {
    const other = values[start + i]!;
    if (other > own || (other === own && i < wanted)) before += 1;
  }
  return before < topK;
}
