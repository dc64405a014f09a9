// What calibration remembers of one tensor: enough for every range method, in memory that does not grow with the samples.
import { Histogram } from './histogram.js';

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
  movingMin = 0;
  movingMax = 0;
  whole = true;
  readonly histogram = new Histogram();
  readonly #sums: Float64Array;
  #rows = 0;

  constructor(channels: number) {
    this.#sums = new Float64Array(channels);
  }

  get channelMean(): Float64Array {
    return this.#sums.map((sum) => sum / Math.max(1, this.#rows));
  }

  /** Returns false, and takes nothing in, when a value is not finite. `values`: one sample, C order, channels last. */
  add(values: ArrayLike<number>): boolean {
    let low = Infinity;
    let high = -Infinity;
    let { whole } = this;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      // NaN fails both comparisons of the usual form; this one catches it together with the infinities.
      if (!(value - value === 0)) return false;
      if (value < low) low = value;
      if (value > high) high = value;
      if (whole && value !== Math.floor(value)) whole = false;
    }
    if (values.length === 0) return true;
    this.whole = whole;
    this.#addRange(low, high);
    this.histogram.add(values, Math.max(-low, high, 0));
    this.#addMeans(values);
    return true;
  }

  #addRange(low: number, high: number): void {
    const first = this.samples === 0;
    this.samples += 1;
    this.min = Math.min(this.min, low);
    this.max = Math.max(this.max, high);
    this.movingMin = first ? low : this.movingMin + momentum * (low - this.movingMin);
    this.movingMax = first ? high : this.movingMax + momentum * (high - this.movingMax);
  }

  #addMeans(values: ArrayLike<number>): void {
    const sums = this.#sums;
    const channels = sums.length;
    for (let i = 0; i < values.length; i += channels) {
      for (let c = 0; c < channels; c++) sums[c]! += values[i + c]!;
    }
    this.#rows += values.length / channels;
  }
}
