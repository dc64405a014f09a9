// What calibration remembers of one tensor: enough for every range method, in memory that does not grow with the samples.
import { Histogram } from './histogram.js';

const { floor } = Math;

/** Weight of the newest sample in the moving average of minimum and maximum. */
const momentum = 0.01;

export interface TensorStatistics {
  readonly samples: number;
  readonly min: number;
  readonly max: number;
  /** Exponential moving averages of each sample's minimum and maximum, started at the first sample's. */
  readonly movingMin: number;
  readonly movingMax: number;
  readonly histogram: Histogram;
  /** Every value seen is a whole number. */
  readonly whole: boolean;
  /** Mean along the last dimension's entries, [channels]. */
  readonly channelMean: Float64Array;
}

/** Lives as long as one calibration. */
export class StatisticsCollector implements TensorStatistics {
  samples = 0;
  min = Infinity;
  max = -Infinity;
  whole = true;
  readonly histogram = new Histogram();
  readonly #moving: MovingRange;
  readonly #sums: Float64Array;
  #rows = 0;

  constructor(channels: number, moving = new MovingRange()) {
    this.#sums = new Float64Array(channels);
    this.#moving = moving;
  }

  get channelMean(): Float64Array {
    return this.#sums.map((sum) => sum / Math.max(1, this.#rows));
  }

  /** What one collector would know that had seen the samples of all; the moving averages are `moving`. */
  static merged(parts: readonly StatisticsCollector[], moving: MovingRange): TensorStatistics {
    const all = new StatisticsCollector(parts[0]!.#sums.length, moving);
    for (const part of parts) {
      if (part.samples === 0) continue;
      all.samples += part.samples;
      all.min = Math.min(all.min, part.min);
      all.max = Math.max(all.max, part.max);
      all.whole &&= part.whole;
      all.histogram.addAll(part.histogram);
      part.#sums.forEach((sum, channel) => (all.#sums[channel]! += sum));
      all.#rows += part.#rows;
    }
    return all;
  }

  get movingMin(): number {
    return this.#moving.min;
  }

  get movingMax(): number {
    return this.#moving.max;
  }

  /**
   * Least and greatest of the values, or undefined, and of no use any more, when one is not finite. `values`: one sample, C
   * order, channels last, not empty.
   */
  add(values: ArrayLike<number>): Ends | undefined {
    const { low, high, finite } = addColumns(values, this.#sums);
    if (!finite) return undefined;
    this.whole &&= isWhole(values);
    this.samples += 1;
    this.min = Math.min(this.min, low);
    this.max = Math.max(this.max, high);
    this.#moving.add(low, high);
    this.histogram.add(values, Math.max(-low, high, 0));
    this.#rows += values.length / this.#sums.length;
    return { low, high };
  }
}

export interface Ends {
  readonly low: number;
  readonly high: number;
}

/** Exponential moving averages of least and greatest values, started at the first ones. Lives as long as one calibration. */
export class MovingRange {
  min = 0;
  max = 0;
  #samples = 0;

  add(low: number, high: number): void {
    this.min = this.#samples === 0 ? low : movedAverage(this.min, low);
    this.max = this.#samples === 0 ? high : movedAverage(this.max, high);
    this.#samples += 1;
  }
}

export function movedAverage(average: number, newest: number): number {
  return average + momentum * (newest - average);
}

// Loops of their own: a small function is compiled at once, the whole of them only after half a calibration.

/** Adds rows of `sums.length` values to `sums`; gives the extremes. */
function addColumns(
  values: ArrayLike<number>,
  sums: Float64Array,
): { readonly low: number; readonly high: number; readonly finite: boolean } {
  let low = Infinity;
  let high = -Infinity;
  let rest = 0;
  for (let i = 0, column = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
    // 0 for a finite value, NaN for any other, and then for good.
    rest += value - value;
    sums[column]! += value;
    column = column + 1 === sums.length ? 0 : column + 1;
  }
  return { low, high, finite: rest === 0 };
}

function isWhole(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== floor(values[i]!)) return false;
  return true;
}
