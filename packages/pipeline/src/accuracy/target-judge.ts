// Judges values against targets of a regression, float and quantized alike.
import { SampleUnits } from '../statistics/sample-units.js';
import { ErrorTally, type ErrorChance, type MeanErrors } from './error-tally.js';
import type { OutputJudge } from './output-comparison.js';
import { areShares, greatest } from './truth-reading.js';
import { TargetScaleFits, type TargetScale } from './target-scale.js';

export interface TargetFit extends MeanErrors {
  /** Numbers compared: samples times values of the output. */
  readonly values: number;
  /** Share of the targets' variance (about the mean of each value of the output) that is explained; null where there is none. */
  readonly floatR2: number | null;
  readonly quantizedR2: number | null;
  /** Absent of a single sample. */
  readonly chance?: ErrorChance;
  /** Where the targets seem to be in another unit than the outputs, by value of the output. */
  readonly scales?: readonly (TargetScale | null)[];
  /** The greatest R2 of a single value, where every value has the same target, as quantiles have. */
  readonly bestR2?: number;
  /** Where targets are shares that sum to 1: samples whose greatest the float output has too. */
  readonly sameGreatest?: number;
}

export function targetJudge(): OutputJudge {
  let samples = 0;
  const units = new SampleUnits();
  const errors = new ErrorTally();
  const means: number[] = [];
  let spread = 0;
  const single: { errors: number; spread: number }[] = [];
  let same = true;
  const shares = new ShareCount();
  const fits = new TargetScaleFits();
  return {
    add: (expected, actual, { label, target, group }) => {
      const truth: ArrayLike<number> | undefined = target ?? (label === undefined ? undefined : [label]);
      if (truth === undefined) return;
      samples += 1;
      units.add(0, group);
      errors.begin();
      fits.add(expected, truth);
      shares.add(expected, truth);
      for (let i = 0; i < expected.length; i++) {
        const wanted = truth[i]!;
        errors.add(expected[i]! - wanted, actual[i]! - wanted);
        // Welford: sums of squares of large targets would lose the variance.
        const before = means[i] ?? 0;
        means[i] = before + (wanted - before) / samples;
        const spreads = (wanted - before) * (wanted - means[i]!);
        spread += spreads;
        same &&= wanted === truth[0];
        if (!same) continue;
        const own = (single[i] ??= { errors: 0, spread: 0 });
        own.errors += (expected[i]! - wanted) ** 2;
        own.spread += spreads;
      }
    },
    result: () => {
      if (errors.values === 0) return {};
      const scales = fits.result().map((scale) => scale ?? null);
      const bestR2 = Math.max(...single.map((own) => (own.spread === 0 ? -Infinity : 1 - own.errors / own.spread)));
      const explained = (square: number): number | null => (spread === 0 ? null : 1 - square / spread);
      const { float, quantized } = errors.squares;
      const chance = errors.chance(units.result);
      return {
        targets: {
          values: errors.values,
          ...errors.means,
          floatR2: explained(float),
          quantizedR2: explained(quantized),
          ...(chance !== undefined && { chance }),
          ...(scales.some((scale) => scale !== null) && { scales }),
          ...shares.result,
          ...(same && single.length > 1 && Number.isFinite(bestR2) && { bestR2 }),
        },
      };
    },
  };
}

/** Whether all targets are shares, and how often their greatest is that of the outputs. */
class ShareCount {
  #all = true;
  #same = 0;

  add(outputs: ArrayLike<number>, targets: ArrayLike<number>): void {
    this.#all &&= areShares(targets, targets.length);
    if (this.#all && greatest(outputs, 0, outputs.length) === greatest(targets, 0, targets.length)) this.#same += 1;
  }

  get result(): Pick<TargetFit, 'sameGreatest'> {
    return this.#all ? { sameGreatest: this.#same } : {};
  }
}
