// Judges values that are each a yes or a no: by a threshold where it is known, and by how well they rank.
import { areaUnderCurve } from './area-under-curve.js';
import type { OutputJudge } from './output-comparison.js';

export interface ThresholdDecisions {
  /** Null where none is known: then only the areas count. */
  readonly at: number | null;
  readonly decisions: number;
  /** Decisions that are the same for the float and the quantized model. */
  readonly agree: number;
  readonly labelled: number;
  readonly floatRight: number;
  readonly quantizedRight: number;
  /** Area under the ROC curve, for a single value with both kinds of labels. */
  readonly floatAuc?: number;
  readonly quantizedAuc?: number;
  /** The area over all values together, where a sample has several: of rare labels the accuracy says little. */
  readonly floatRank?: number;
}

/** Scores kept for the ranking. */
const remembered = 65_536;
const fewestRanked = 50;

export function thresholdJudge(threshold: number | undefined, single: boolean): OutputJudge {
  const counts = { decisions: 0, agree: 0, labelled: 0, floatRight: 0, quantizedRight: 0 };
  const scores = { label: [] as number[], float: [] as number[], quantized: [] as number[] };
  const confusion = new Uint32Array(4);
  const decide = (value: number): number => (value > threshold! ? 1 : 0);
  /** Only so many of each kind make a ranking of many outputs together worth a word. */
  const ranked = (): { floatRank?: number } => {
    const yes = scores.label.filter((label) => label === 1).length;
    const floatRank = areaUnderCurve(scores.label, scores.float);
    return Math.min(yes, scores.label.length - yes) < fewestRanked || floatRank === undefined ? {} : { floatRank };
  };
  return {
    add: (expected, actual, { label, target }) => {
      const truth: ArrayLike<number> | undefined = target ?? (label === undefined ? undefined : [label]);
      for (let i = 0; i < expected.length; i++) {
        if (truth !== undefined && scores.label.length < remembered) {
          scores.label.push(truth[i]!);
          scores.float.push(expected[i]!);
          scores.quantized.push(actual[i]!);
        }
        if (threshold === undefined) continue;
        const [wanted, given] = [decide(expected[i]!), decide(actual[i]!)];
        counts.decisions += 1;
        if (wanted === given) counts.agree += 1;
        if (truth === undefined) continue;
        counts.labelled += 1;
        if (wanted === truth[i]) counts.floatRight += 1;
        if (given === truth[i]) counts.quantizedRight += 1;
        if (single) confusion[truth[i]! * 2 + wanted]! += 1;
      }
    },
    result: () => {
      const floatAuc = areaUnderCurve(scores.label, scores.float);
      const quantizedAuc = areaUnderCurve(scores.label, scores.quantized);
      return {
        threshold: {
          at: threshold ?? null,
          ...counts,
          ...(floatAuc !== undefined && quantizedAuc !== undefined && (single ? { floatAuc, quantizedAuc } : ranked())),
        },
        ...(single && counts.labelled > 0 && { confusion: { classes: 2, counts: [...confusion] } }),
      };
    },
  };
}
