// Errors of two models on the same samples, sample by sample, and what chance makes of their means.
import { influenceInterval } from '../statistics/influence-interval.js';
import { clip, differenceOf, type Difference, type Interval } from '../statistics/interval.js';
import type { Units } from '../statistics/sample-units.js';

/** Means over all values, in the unit of the output. */
export interface MeanErrors {
  readonly floatMae: number;
  readonly quantizedMae: number;
  readonly floatRmse: number;
  readonly quantizedRmse: number;
}

/** What the errors may be on other samples of the same kind, at 95 %. Less is better. */
export interface ErrorChance {
  readonly floatMae: Interval;
  readonly quantizedMae: Interval;
  readonly floatRmse: Interval;
  readonly quantizedRmse: Interval;
  /** Error of the quantized model less that of the float model. */
  readonly mae: Difference;
  readonly rmse: Difference;
}

/** Sums over the values of one sample. */
interface Sums {
  absolute: number;
  square: number;
}

function noErrors(): [Sums, Sums] {
  return [
    { absolute: 0, square: 0 },
    { absolute: 0, square: 0 },
  ];
}

/** Lives as long as one evaluation. */
export class ErrorTally {
  readonly #float: Sums[] = [];
  readonly #quantized: Sums[] = [];
  #own: readonly [float: Sums, quantized: Sums] = noErrors();
  #values = 0;

  /** What follows is of another sample. */
  begin(): void {
    this.#own = noErrors();
    this.#float.push(this.#own[0]);
    this.#quantized.push(this.#own[1]);
  }

  /** Of one value: how far either model is off. */
  add(float: number, quantized: number): void {
    this.#values += 1;
    addTo(this.#own[0], float);
    addTo(this.#own[1], quantized);
  }

  get values(): number {
    return this.#values;
  }

  /** Of all values of either model. */
  get squares(): { readonly float: number; readonly quantized: number } {
    return { float: total(this.#float, 'square'), quantized: total(this.#quantized, 'square') };
  }

  get means(): MeanErrors {
    const mean = (of: readonly Sums[], what: keyof Sums): number => total(of, what) / this.#values;
    return {
      floatMae: mean(this.#float, 'absolute'),
      quantizedMae: mean(this.#quantized, 'absolute'),
      floatRmse: Math.sqrt(mean(this.#float, 'square')),
      quantizedRmse: Math.sqrt(mean(this.#quantized, 'square')),
    };
  }

  /** Undefined of a single unit, which tells nothing of chance. */
  chance(units: Units): ErrorChance | undefined {
    const means = this.means;
    const share = 1 / this.#float.length;
    const perSample = this.#values * share;
    const absolute = (of: readonly Sums[], mean: number): number[] =>
      of.map((own) => (own.absolute / perSample - mean) * share);
    // The root moves by a half of what the mean square does, over the root.
    const root = (of: readonly Sums[], rmse: number): number[] =>
      of.map((own) => (rmse === 0 ? 0 : ((own.square / perSample - rmse ** 2) * share) / (2 * rmse)));
    const of = {
      floatMae: absolute(this.#float, means.floatMae),
      quantizedMae: absolute(this.#quantized, means.quantizedMae),
      floatRmse: root(this.#float, means.floatRmse),
      quantizedRmse: root(this.#quantized, means.quantizedRmse),
    };
    const alone = (name: keyof MeanErrors): Interval | undefined => {
      const interval = influenceInterval(means[name], of[name], units);
      return interval && clip(interval, 0, Infinity);
    };
    const paired = (first: keyof MeanErrors, second: keyof MeanErrors): Difference | undefined => {
      const value = means[second] - means[first];
      const moved = of[second].map((own, i) => own - of[first][i]!);
      const interval = influenceInterval(value, moved, units);
      return interval && differenceOf(value, interval, 'less');
    };
    const chance = {
      floatMae: alone('floatMae'),
      quantizedMae: alone('quantizedMae'),
      floatRmse: alone('floatRmse'),
      quantizedRmse: alone('quantizedRmse'),
      mae: paired('floatMae', 'quantizedMae'),
      rmse: paired('floatRmse', 'quantizedRmse'),
    };
    return Object.values(chance).includes(undefined) ? undefined : (chance as ErrorChance);
  }
}

function addTo(sums: Sums, error: number): void {
  sums.absolute += Math.abs(error);
  sums.square += error * error;
}

function total(of: readonly Sums[], what: keyof Sums): number {
  return of.reduce((sum, own) => sum + own[what], 0);
}
