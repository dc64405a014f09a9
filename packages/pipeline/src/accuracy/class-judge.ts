// Judges rows of class scores: the same class as the float model, and the right one where labels say which.
import type { OutputJudge } from './output-comparison.js';

export interface Top1 {
  /** One per row of scores: as many as samples, unless a sample has several, such as one per pixel. */
  readonly decisions: number;
  /** Rows of independent scores whose greatest is shared by several classes, in float or in int8: no decision is made there. */
  readonly tied?: number;
  /** Decisions where both pick the same class; of equals the first. */
  readonly agree: number;
  /** Decisions with a label, and those where the float and the quantized model pick it. */
  readonly labelled: number;
  readonly floatRight: number;
  readonly quantizedRight: number;
}

/** Beyond this many classes it is not kept which is taken for which. */
const greatestConfusion = 256;

export function classJudge(classes: number, labelled: boolean, independent = false): OutputJudge {
  let tied = 0;
  const top1 = { decisions: 0, agree: 0, labelled: 0, floatRight: 0, quantizedRight: 0 };
  const confusion = labelled && classes <= greatestConfusion ? new Uint32Array(classes * classes) : undefined;
  return {
    add: (expected, actual, { label: only, rows }) => {
      for (let row = 0; row < expected.length; row += classes) {
        const [wanted, given] = [argmax(expected, row, classes), argmax(actual, row, classes)];
        if (independent && (isShared(expected, row, classes, wanted) || isShared(actual, row, classes, given))) {
          tied += 1;
          continue;
        }
        top1.decisions += 1;
        if (wanted === given) top1.agree += 1;
        const label = expected.length === classes ? only : rows?.[row / classes];
        if (label === undefined || label < 0 || !labelled) continue;
        top1.labelled += 1;
        if (wanted === label) top1.floatRight += 1;
        if (given === label) top1.quantizedRight += 1;
        if (confusion !== undefined) confusion[label * classes + wanted]! += 1;
      }
    },
    result: () => ({
      top1: { ...top1, ...(tied > 0 && { tied }) },
      ...(confusion !== undefined && { confusion: { classes, counts: [...confusion] } }),
    }),
  };
}

/** Position of the greatest of `count` values from `start`, counted from there; of equals the first. */
function argmax(values: ArrayLike<number>, start: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) if (values[start + i]! > values[start + best]!) best = i;
  return best;
}

function isShared(values: ArrayLike<number>, start: number, count: number, best: number): boolean {
  for (let i = best + 1; i < count; i++) if (values[start + i] === values[start + best]) return true;
  return false;
}
