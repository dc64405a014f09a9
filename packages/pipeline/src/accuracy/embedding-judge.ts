// Judges vectors that stand for their sample: by their direction, by who is near whom, and by whose they are where that is known.
import { Reservoir } from '@wherry/quantizer';
import { areaDifferenceInterval, areaScoreInterval } from '../statistics/area-interval.js';
import { areaOf, type Area } from '../statistics/area-under-curve.js';
import { influenceInterval } from '../statistics/influence-interval.js';
import { clip, differenceOf, type Interval } from '../statistics/interval.js';
import { SampleUnits, unitsAmong, type Units } from '../statistics/sample-units.js';
import { DecisionTally, type Decisions } from './decision-tally.js';
import type { OutputJudge } from './output-comparison.js';
import type { ThresholdDecisions } from './threshold-judge.js';

export interface EmbeddingFit extends Pick<ThresholdDecisions, 'floatAuc' | 'quantizedAuc' | 'aucChance'> {
  /** Cosine of the angle between float and quantized vector of one sample. */
  readonly meanCosine: number;
  readonly leastCosine: number;
  readonly cosineChance?: Interval;
  /**
   * Of samples whose nearest other sample (greatest cosine; of another recording, where windows are cut from some) is the same
   * for both models. Right is a nearest one with the label of the sample, where another sample has that: recall at 1.
   */
  readonly neighbours: Decisions;
  /** Samples that were compared with each other; more are not remembered. */
  readonly compared: number;
  /** Pairs behind the areas: how likely two samples of one label are nearer to each other than two of different ones. */
  readonly pairs?: number;
}

/** All pairs of them are looked at. They are chosen out of all samples: of sorted data the first ones are of one label. */
const remembered = 1024;

interface Kept {
  readonly sample: number;
  /** Of length 1. */
  readonly float: Float64Array;
  readonly quantized: Float64Array;
  readonly label: number | undefined;
  readonly group: number | undefined;
}

export function embeddingJudge(labelled: boolean): OutputJudge {
  const chosen = new Reservoir<Kept>(remembered);
  const cosines: number[] = [];
  const units = new SampleUnits();
  return {
    add: (expected, actual, { label, group }) => {
      const [float, quantized] = [unitVector(expected), unitVector(actual)];
      cosines.push(cosineOf(float, quantized));
      units.add(label ?? 0, group);
      const sample = units.samples - 1;
      chosen.offer(() => ({ sample, float, quantized, label: labelled ? label : undefined, group }));
    },
    result: () => {
      if (cosines.length === 0) return {};
      const all = units.result;
      const kept = [...chosen.kept].sort((a, b) => a.sample - b.sample);
      const among = new Set(kept.map(({ sample }) => sample));
      const own = unitsAmong(all, (sample) => among.has(sample));
      const value = cosines.reduce((sum, each) => sum + each, 0) / cosines.length;
      const moved = cosines.map((each) => (each - value) / cosines.length);
      const interval = influenceInterval(value, moved, all);
      return {
        embedding: {
          meanCosine: value,
          leastCosine: cosines.reduce((least, each) => Math.min(least, each)),
          ...(interval !== undefined && { cosineChance: clip(interval, -1, 1) }),
          neighbours: neighbours(kept, own),
          compared: kept.length,
          ...verification(kept, own),
        },
      };
    },
  };
}

/** A vector of zeros has no direction, and stays one. */
function unitVector(values: ArrayLike<number>): Float64Array {
  let square = 0;
  for (let i = 0; i < values.length; i++) square += values[i]! ** 2;
  const length = Math.sqrt(square);
  return Float64Array.from(values, (value) => (length > 0 ? value / length : 0));
}

function cosineOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Windows of one recording are alike whatever the model does. */
function areApart(a: Kept, b: Kept): boolean {
  return a !== b && (a.group === undefined || a.group !== b.group);
}

function neighbours(kept: readonly Kept[], units: Units): Decisions {
  const tally = new DecisionTally();
  for (const own of kept) {
    tally.begin();
    const others = kept.filter((other) => areApart(own, other));
    if (others.length === 0) continue;
    const [float, quantized] = [nearest(own, others, 'float'), nearest(own, others, 'quantized')];
    tally.decided(float === quantized);
    if (own.label === undefined || !others.some(({ label }) => label === own.label)) continue;
    tally.judged(float.label === own.label, quantized.label === own.label);
  }
  return tally.result(units);
}

/** Of equals the first. */
function nearest(own: Kept, others: readonly Kept[], space: 'float' | 'quantized'): Kept {
  let [best, greatest] = [others[0]!, -Infinity];
  for (const other of others) {
    const cosine = cosineOf(own[space], other[space]);
    if (cosine > greatest) [best, greatest] = [other, cosine];
  }
  return best;
}

/** What a pair does to the area, both of its samples do (Hoeffding's projection of a statistic of pairs). */
function verification(kept: readonly Kept[], units: Units): Partial<EmbeddingFit> {
  const pairs: { readonly a: number; readonly b: number; readonly same: number }[] = [];
  const scores = { float: [] as number[], quantized: [] as number[] };
  kept.forEach((first, a) => {
    for (let b = a + 1; b < kept.length; b++) {
      const second = kept[b]!;
      if (first.label === undefined || second.label === undefined || !areApart(first, second)) continue;
      pairs.push({ a, b, same: first.label === second.label ? 1 : 0 });
      scores.float.push(cosineOf(first.float, second.float));
      scores.quantized.push(cosineOf(first.quantized, second.quantized));
    }
  });
  const labels = pairs.map(({ same }) => same);
  const [float, quantized] = [areaOf(labels, scores.float), areaOf(labels, scores.quantized)];
  if (float === undefined || quantized === undefined) return {};
  const bySample = (of: (pair: number) => number): Float64Array => {
    const moved = new Float64Array(kept.length);
    pairs.forEach(({ a, b }, pair) => {
      moved[a]! += of(pair);
      moved[b]! += of(pair);
    });
    return moved;
  };
  // Pairs are many; what is independent of each other is units at most.
  const members = { positives: units.count, negatives: units.count };
  const alone = ({ area, influences }: Area): Interval | undefined =>
    areaScoreInterval(
      area,
      bySample((pair) => influences[pair]!),
      units,
      members,
    );
  const value = quantized.area - float.area;
  const paired = areaDifferenceInterval(
    value,
    bySample((pair) => quantized.influences[pair]! - float.influences[pair]!),
    units,
    units.count,
  );
  return {
    pairs: pairs.length,
    floatAuc: float.area,
    quantizedAuc: quantized.area,
    aucChance: {
      float: alone(float),
      quantized: alone(quantized),
      difference: paired && differenceOf(value, clip(paired, -1, 1), 'more'),
    },
  };
}
