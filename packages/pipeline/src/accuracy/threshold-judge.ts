// Judges values that are each a yes or a no: by a threshold where it is known, and by how well they rank.
import { Reservoir } from '@wherry/quantizer';
import { areaDifference, areaInterval, areaUnderCurve } from '../statistics/area-under-curve.js';
import type { Difference, Interval } from '../statistics/interval.js';
import { SampleUnits, unitsAmong, type Units } from '../statistics/sample-units.js';
import { DecisionTally, type Decisions } from './decision-tally.js';
import type { OutputJudge } from './output-comparison.js';

export interface ThresholdDecisions extends Decisions {
  /** Null where none is known: then only the areas count. */
  readonly at: number | null;
  /** Area under the ROC curve, for a single value with both kinds of labels; absent where a score is no number. */
  readonly floatAuc?: number;
  readonly quantizedAuc?: number;
  readonly aucChance?: AreaChance;
  /** The area over all values together, where a sample has several: of rare labels the accuracy says little. */
  readonly floatRank?: number;
}

/** What the areas may be on other samples of the same kind, at 95 %. */
export interface AreaChance {
  readonly float?: Interval | undefined;
  readonly quantized?: Interval | undefined;
  /** The area of the quantized model less that of the float model. */
  readonly difference?: Difference | undefined;
}

/** Scores of float and quantized model, each with its label. */
export interface LabelledScores {
  readonly label: readonly number[];
  readonly float: readonly number[];
  readonly quantized: readonly number[];
}

interface Scored {
  readonly label: number;
  readonly float: number;
  readonly quantized: number;
  readonly sample: number;
}

/** Scores that are ranked, out of all of them: of sorted data the first ones are of one label. */
const remembered = 65_536;
const fewestRanked = 50;

export function thresholdJudge(threshold: number | undefined, single: boolean): OutputJudge {
  const units = new SampleUnits();
  const tally = new DecisionTally();
  const scores = new Reservoir<Scored>(remembered);
  const confusion = new Uint32Array(4);
  let labelled = false;
  // What is no number is neither.
  const decide = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value > threshold! ? 1 : 0);
  return {
    add: (expected, actual, { label, target, group }) => {
      const truth: ArrayLike<number> | undefined = target ?? (label === undefined ? undefined : [label]);
      units.add(single ? (truth?.[0] ?? (threshold === undefined ? 0 : (decide(expected[0]!) ?? 0))) : 0, group);
      tally.begin();
      for (let i = 0; i < expected.length; i++) {
        if (truth !== undefined) {
          const sample = units.samples - 1;
          scores.offer(() => ({ label: truth[i]!, float: expected[i]!, quantized: actual[i]!, sample }));
        }
        if (threshold === undefined) continue;
        const [wanted, given] = [decide(expected[i]!), decide(actual[i]!)];
        tally.decided(wanted !== undefined && wanted === given);
        if (truth === undefined) continue;
        labelled = true;
        tally.judged(wanted === truth[i], given === truth[i]);
        if (single && wanted !== undefined) confusion[truth[i]! * 2 + wanted]! += 1;
      }
    },
    result: () => {
      const known = units.result;
      const kept = [...scores.kept].sort((a, b) => a.sample - b.sample);
      const ranked = new Set(kept.map(({ sample }) => sample));
      const columns = {
        label: kept.map(({ label }) => label),
        float: kept.map(({ float }) => float),
        quantized: kept.map(({ quantized }) => quantized),
      };
      const areas = single
        ? areasOf(
            columns,
            unitsAmong(known, (sample) => ranked.has(sample)),
          )
        : rankOf(columns);
      return {
        threshold: { at: threshold ?? null, ...tally.result(known), ...areas },
        ...(single && labelled && { confusion: { classes: 2, counts: [...confusion] } }),
      };
    },
  };
}

/** Of one score for each of the samples of `units`. */
export function areasOf(
  { label, float, quantized }: LabelledScores,
  units: Units,
): Pick<ThresholdDecisions, 'floatAuc' | 'quantizedAuc' | 'aucChance'> {
  const floatAuc = areaUnderCurve(label, float);
  const quantizedAuc = areaUnderCurve(label, quantized);
  if (floatAuc === undefined || quantizedAuc === undefined) return {};
  const aucChance = {
    float: areaInterval(label, float, units),
    quantized: areaInterval(label, quantized, units),
    difference: areaDifference(label, { first: float, second: quantized }, units),
  };
  return { floatAuc, quantizedAuc, aucChance };
}

/** Only so many of each kind make a ranking of many outputs together worth a word. */
function rankOf({ label, float }: LabelledScores): Pick<ThresholdDecisions, 'floatRank'> {
  const yes = label.filter((each) => each === 1).length;
  const floatRank = areaUnderCurve(label, float);
  return Math.min(yes, label.length - yes) < fewestRanked || floatRank === undefined ? {} : { floatRank };
}
