// What calibration remembers of one tensor: enough for every range method, in memory that does not grow with the samples.
import { DistinctValues, type DistinctValuesState } from './distinct-values.js';
import { Histogram, type HistogramState } from './histogram.js';
import { plainMeasures, type MeasuredTensor } from './measures.js';
import { gridStep } from './value-grid.js';

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
  /** Of a graph input whose values are multiples of a step that 256 integers can hold; see `gridStep`. */
  readonly step: number | undefined;
  /** Mean along the last dimension's entries, [channels]. */
  readonly channelMean: Float64Array;
}

/** Plain values, so that they can be sent. */
export interface StatisticsState {
  readonly samples: number;
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  readonly rows: number;
  /** Per channel. */
  readonly sums: Float64Array;
  readonly histogram: HistogramState | undefined;
  readonly moving: MovingRangeState | undefined;
  readonly distinct: DistinctValuesState | undefined;
}

/** What is collected beside the ends and the mean. */
export interface CollectorOptions {
  /** Without them the ranges that need them cannot be had. */
  readonly histograms: boolean;
  readonly moving: boolean;
  /** Of what may have been bytes. */
  readonly distinct?: boolean;
}

/** Lives as long as one calibration. */
export class StatisticsCollector implements TensorStatistics {
  samples = 0;
  min = Infinity;
  max = -Infinity;
  whole = true;
  #histogram: Histogram | undefined;
  #moving: MovingRange | undefined;
  #distinct: DistinctValues | undefined;
  #sums: Float64Array;
  #rows = 0;

  constructor(
    channels: number,
    { histograms, moving, distinct = false }: CollectorOptions = { histograms: true, moving: true },
  ) {
    this.#histogram = histograms ? new Histogram() : undefined;
    this.#moving = moving ? new MovingRange() : undefined;
    this.#distinct = distinct ? new DistinctValues() : undefined;
    this.#sums = new Float64Array(channels);
  }

  get state(): StatisticsState {
    const { samples, min, max, whole } = this;
    const [histogram, moving, distinct] = [this.#histogram?.state, this.#moving?.state, this.#distinct?.state];
    return { samples, min, max, whole, rows: this.#rows, sums: this.#sums, histogram, moving, distinct };
  }

  static from(state: StatisticsState): StatisticsCollector {
    const { samples, min, max, whole, rows, sums, histogram, moving, distinct } = state;
    const one = new StatisticsCollector(0);
    [one.samples, one.min, one.max, one.whole, one.#rows, one.#sums] = [samples, min, max, whole, rows, sums];
    one.#histogram = histogram && Histogram.from(histogram);
    one.#moving = moving && MovingRange.from(moving);
    one.#distinct = distinct === undefined ? undefined : DistinctValues.from(distinct);
    return one;
  }

  get step(): number | undefined {
    const values = this.#distinct?.state;
    return values === undefined || values === null ? undefined : gridStep(values);
  }

  get histogram(): Histogram {
    return collected(this.#histogram);
  }

  get channelMean(): Float64Array {
    return this.#sums.map((sum) => sum / Math.max(1, this.#rows));
  }

  /** What one collector would know that had seen the samples of all; the moving averages are `moving`. */
  static merged(parts: readonly StatisticsCollector[], moving: MovingRange | undefined): TensorStatistics {
    const all = new StatisticsCollector(parts[0]!.#sums.length);
    all.#moving = moving;
    if (parts[0]!.#histogram === undefined) all.#histogram = undefined;
    if (parts[0]!.#distinct !== undefined) all.#distinct = new DistinctValues();
    for (const part of parts) {
      if (part.samples === 0) continue;
      all.samples += part.samples;
      all.min = Math.min(all.min, part.min);
      all.max = Math.max(all.max, part.max);
      all.whole &&= part.whole;
      if (part.#histogram !== undefined) all.#histogram!.addAll(part.#histogram);
      if (part.#distinct !== undefined) all.#distinct!.join(part.#distinct);
      part.#sums.forEach((sum, channel) => (all.#sums[channel]! += sum));
      all.#rows += part.#rows;
    }
    return all;
  }

  get movingMin(): number {
    return collected(this.#moving).min;
  }

  get movingMax(): number {
    return collected(this.#moving).max;
  }

  /**
   * Least and greatest of the values, or undefined, and of no use any more, when one is not finite. `values`: one sample, C
   * order, channels last, not empty.
   */
  add(values: Float32Array, measured: MeasuredTensor = plainMeasures.of(values)): Ends | undefined {
    const { low, high, finite, whole } = measured.survey(this.#sums);
    if (!finite) return undefined;
    this.whole &&= whole;
    this.samples += 1;
    this.min = Math.min(this.min, low);
    this.max = Math.max(this.max, high);
    this.#moving?.add(low, high);
    this.#distinct?.addAll(values);
    this.#histogram?.add(measured, values.length, Math.max(-low, high, 0));
    this.#rows += values.length / this.#sums.length;
    return { low, high };
  }
}

function collected<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('this was not collected');
  return value;
}

export interface Ends {
  readonly low: number;
  readonly high: number;
}

export interface MovingRangeState {
  readonly min: number;
  readonly max: number;
  readonly samples: number;
}

/** Exponential moving averages of least and greatest values, started at the first ones. Lives as long as one calibration. */
export class MovingRange {
  min = 0;
  max = 0;
  #samples = 0;

  get state(): MovingRangeState {
    return { min: this.min, max: this.max, samples: this.#samples };
  }

  static from({ min, max, samples }: MovingRangeState): MovingRange {
    const one = new MovingRange();
    [one.min, one.max, one.#samples] = [min, max, samples];
    return one;
  }

  add(low: number, high: number): void {
    this.min = this.#samples === 0 ? low : movedAverage(this.min, low);
    this.max = this.#samples === 0 ? high : movedAverage(this.max, high);
    this.#samples += 1;
  }
}

export function movedAverage(average: number, newest: number): number {
  return average + momentum * (newest - average);
}
