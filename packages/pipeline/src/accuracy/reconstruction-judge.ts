// Judges outputs that give the input again, as an autoencoder's: how far they are from it, and how well that tells anomalies.
import { influenceInterval } from '../statistics/influence-interval.js';
import { clip, differenceOf, type Difference, type Interval } from '../statistics/interval.js';
import { SampleUnits, type Units } from '../statistics/sample-units.js';
import type { OutputJudge } from './output-comparison.js';
import { areasOf, type ThresholdDecisions } from './threshold-judge.js';

/** The score of a sample is the mean of its squared differences from the input; more is more unlike what was trained on. */
export interface Reconstruction extends Pick<ThresholdDecisions, 'floatAuc' | 'quantizedAuc' | 'aucChance'> {
  readonly samples: number;
  /** Means of the scores. */
  readonly floatMse: number;
  readonly quantizedMse: number;
  /** Absent of a single sample or recording. Less is better. */
  readonly chance?: { readonly floatMse: Interval; readonly quantizedMse: Interval; readonly difference: Difference };
  /** What is ranked by the areas, where labels 0 and 1 are known: recordings, by the mean over their samples, or samples. */
  readonly ranked?: number;
}

interface Scored {
  readonly float: number;
  readonly quantized: number;
  readonly label: number | undefined;
  readonly group: number | undefined;
}

/** `input`: which of the model's the output gives again. */
export function reconstructionJudge(input: number, labelled: boolean): OutputJudge {
  const scored: Scored[] = [];
  const units = new SampleUnits();
  return {
    add: (expected, actual, { label, inputs, group }) => {
      const given = inputs?.[input] as ArrayLike<number> | undefined;
      if (given === undefined) return;
      const known = labelled ? label : undefined;
      units.add(known ?? 0, group);
      scored.push({ float: distance(expected, given), quantized: distance(actual, given), label: known, group });
    },
    result: () =>
      scored.length === 0
        ? {}
        : { reconstruction: { ...means(scored, units.result), ...ranking(scored, units.result) } },
  };
}

/** Mean of squared differences. */
function distance(output: ArrayLike<number>, input: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < output.length; i++) sum += (output[i]! - input[i]!) ** 2;
  return sum / output.length;
}

function means(
  scored: readonly Scored[],
  units: Units,
): Pick<Reconstruction, 'samples' | 'floatMse' | 'quantizedMse' | 'chance'> {
  const samples = scored.length;
  const of = (score: (each: Scored) => number): { value: number; interval: Interval | undefined } => {
    const value = scored.reduce((sum, each) => sum + score(each), 0) / samples;
    const influences = scored.map((each) => (score(each) - value) / samples);
    return { value, interval: influenceInterval(value, influences, units) };
  };
  const float = of((each) => each.float);
  const quantized = of((each) => each.quantized);
  const difference = of((each) => each.quantized - each.float);
  const counts = { samples, floatMse: float.value, quantizedMse: quantized.value };
  if (float.interval === undefined || quantized.interval === undefined || difference.interval === undefined)
    return counts;
  return {
    ...counts,
    chance: {
      floatMse: clip(float.interval, 0, Infinity),
      quantizedMse: clip(quantized.interval, 0, Infinity),
      difference: differenceOf(difference.value, difference.interval, 'less'),
    },
  };
}

/** A recording is one anomaly or none, however many windows it was cut into. */
function ranking(scored: readonly Scored[], units: Units): Partial<Reconstruction> {
  const known = scored.filter(({ label }) => label !== undefined);
  if (known.length < scored.length) return {};
  const { ranked, own } = units.of === 'recordings' ? byRecording(scored, units) : { ranked: scored, own: units };
  const column = <T>(of: (each: Pick<Scored, 'float' | 'quantized' | 'label'>) => T): T[] => ranked.map(of);
  const areas = areasOf(
    {
      label: column(({ label }) => label!),
      float: column(({ float }) => float),
      quantized: column(({ quantized }) => quantized),
    },
    own,
  );
  return areas.floatAuc === undefined ? {} : { ranked: ranked.length, ...areas };
}

/** One score each, as MLPerf Tiny's anomaly detection has it, and each a unit of its own. */
function byRecording(scored: readonly Scored[], { count, unitOf }: Units) {
  const sums = Array.from({ length: count }, () => ({ float: 0, quantized: 0, samples: 0, label: 0 }));
  scored.forEach(({ float, quantized, label }, sample) => {
    const own = sums[unitOf[sample]!]!;
    own.float += float;
    own.quantized += quantized;
    own.samples += 1;
    own.label = label!;
  });
  const ranked = sums.map(({ float, quantized, samples, label }) => ({
    float: float / samples,
    quantized: quantized / samples,
    label,
  }));
  return { ranked, own: { of: 'recordings' as const, count, unitOf: Int32Array.from(ranked, (_, i) => i) } };
}
