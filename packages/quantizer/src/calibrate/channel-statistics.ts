// What calibration remembers of the single channels of a tensor: enough to tell its statistics after the channels are scaled.
import { Histogram } from './histogram.js';
import { plainMeasures, type Counts, type MeasuredTensor, type Measures } from './measures.js';
import { movedAverage, type TensorStatistics } from './statistics.js';

/** Bins per channel, half of them on either side of zero. */
const bins = 256;
const middle = bins / 2;

/** Plain values, so that they can be sent. Per channel, `counts` [channels, bins]. */
export interface ChannelStatisticsState {
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly movingMin: Float64Array;
  readonly movingMax: Float64Array;
  readonly counts: Uint32Array;
  /** Of a bin. */
  readonly widths: Float64Array;
  readonly samples: number;
  readonly rows: number;
}

/** Lives as long as one calibration. Channels are counted by the last dimension. */
export class ChannelStatistics {
  /** Least and greatest value per channel, 0 included. */
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly #movingMin: Float64Array;
  readonly #movingMax: Float64Array;
  /** [channels, bins]; a bin of channel c is `#widths[c]` wide. */
  readonly #counts: Counts;
  readonly #widths: Float64Array;
  #samples: number;
  #rows: number;

  constructor(channels: number, measures: Measures = plainMeasures, start = emptyState(channels)) {
    ({ min: this.min, max: this.max, movingMin: this.#movingMin, movingMax: this.#movingMax } = start);
    ({ widths: this.#widths, samples: this.#samples, rows: this.#rows } = start);
    this.#counts = measures.counts(channels * bins);
  }

  get channels(): number {
    return this.min.length;
  }

  /** The bins as they are: they are not to be counted in any more. */
  get state(): ChannelStatisticsState {
    const [movingMin, movingMax, counts] = [this.#movingMin, this.#movingMax, this.#counts.values];
    const [widths, samples, rows] = [this.#widths, this.#samples, this.#rows];
    return { min: this.min, max: this.max, movingMin, movingMax, counts, widths, samples, rows };
  }

  static from(state: ChannelStatisticsState): ChannelStatistics {
    const held: Measures = { ...plainMeasures, counts: () => ({ values: state.counts }) };
    return new ChannelStatistics(state.min.length, held, state);
  }

  /** Mean square per channel, as the histogram knows it. */
  get power(): Float64Array {
    const counts = this.#counts.values;
    return this.#widths.map((width, c) => {
      let squares = 0;
      for (let b = 0; b < bins; b++) squares += counts[c * bins + b]! * ((b - middle + 0.5) * width) ** 2;
      return squares / Math.max(1, this.#rows);
    });
  }

  /** `values`: one sample, finite, C order. */
  add(values: Float32Array, measured: MeasuredTensor = plainMeasures.of(values)): void {
    const { low, high } = measured.channelEnds(this.channels);
    const inverses = new Float64Array(this.channels);
    for (let c = 0; c < this.channels; c++) {
      this.#takeEnds(c, low[c]!, high[c]!);
      this.#cover(c, Math.max(-low[c]!, high[c]!));
      inverses[c] = this.#widths[c]! > 0 ? 1 / this.#widths[c]! : 0;
    }
    measured.tallyChannels(inverses, middle, this.#counts);
    this.#samples += 1;
    this.#rows += values.length / this.channels;
  }

  /** What one collection would know that had seen the samples of all; the moving averages are those of the widest part. */
  static merged(parts: readonly ChannelStatistics[]): ChannelStatistics {
    const all = new ChannelStatistics(parts[0]!.channels);
    for (const part of parts) {
      if (part.#samples === 0) continue;
      for (let c = 0; c < all.channels; c++) all.#addPart(part, c);
      all.#samples += part.#samples;
      all.#rows += part.#rows;
    }
    return all;
  }

  /**
   * What `statistics`, of the same tensor, would be if channel c were `scales[c]` times as large. The moving averages are those
   * of the widest channel.
   */
  scaled(statistics: TensorStatistics, scales: Float64Array): TensorStatistics {
    const histogram = new Histogram();
    const counts = this.#counts.values;
    const ends = { min: Infinity, max: -Infinity, movingMin: Infinity, movingMax: -Infinity };
    histogram.reserve(scales.reduce((most, scale, c) => Math.max(most, this.#widths[c]! * middle * scale), 0));
    scales.forEach((scale, c) => {
      ends.min = Math.min(ends.min, this.min[c]! * scale);
      ends.max = Math.max(ends.max, this.max[c]! * scale);
      ends.movingMin = Math.min(ends.movingMin, this.#movingMin[c]! * scale);
      ends.movingMax = Math.max(ends.movingMax, this.#movingMax[c]! * scale);
      for (let b = 0; b < bins; b++)
        histogram.addCount((b - middle + 0.5) * this.#widths[c]! * scale, counts[c * bins + b]!);
    });
    const channelMean = statistics.channelMean.map((mean, c) => mean * scales[c]!);
    return { samples: statistics.samples, ...ends, histogram, whole: false, step: undefined, channelMean };
  }

  #addPart(part: ChannelStatistics, c: number): void {
    const [width, wider] = [part.#widths[c]!, this.#widths[c]!];
    if (wider === 0) this.#widths[c] = width;
    while (this.#widths[c]! < width) this.#widen(c);
    const shift = width === 0 ? 0 : Math.log2(this.#widths[c]! / width);
    const [counts, more] = [this.#counts.values, part.#counts.values];
    for (let b = 0; b < bins; b++) counts[c * bins + ((b - middle) >> shift) + middle]! += more[c * bins + b]!;
    this.min[c] = Math.min(this.min[c]!, part.min[c]!);
    this.max[c] = Math.max(this.max[c]!, part.max[c]!);
    this.#movingMin[c] = Math.min(this.#movingMin[c]!, part.#movingMin[c]!);
    this.#movingMax[c] = Math.max(this.#movingMax[c]!, part.#movingMax[c]!);
  }

  #takeEnds(c: number, low: number, high: number): void {
    this.min[c] = Math.min(this.min[c]!, low);
    this.max[c] = Math.max(this.max[c]!, high);
    this.#movingMin[c] = this.#samples === 0 ? low : movedAverage(this.#movingMin[c]!, low);
    this.#movingMax[c] = this.#samples === 0 ? high : movedAverage(this.#movingMax[c]!, high);
  }

  /** Widens the channel's bins until `magnitude` has one. */
  #cover(c: number, magnitude: number): void {
    if (magnitude === 0) return;
    // Powers of two: two old bins are one new bin.
    if (this.#widths[c] === 0) this.#widths[c] = 2 ** (Math.floor(Math.log2(magnitude / middle)) + 1);
    while (magnitude >= this.#widths[c]! * middle) this.#widen(c);
  }

  #widen(c: number): void {
    this.#mergePairs(c);
    this.#widths[c]! *= 2;
  }

  #mergePairs(c: number): void {
    const own = this.#counts.values.subarray(c * bins, (c + 1) * bins);
    const old = own.slice();
    own.fill(0);
    for (let b = 0; b < bins; b++) own[((b - middle) >> 1) + middle]! += old[b]!;
  }
}

function emptyState(channels: number): Omit<ChannelStatisticsState, 'counts'> {
  const perChannel = (): Float64Array => new Float64Array(channels);
  const [min, max, movingMin, movingMax] = [perChannel(), perChannel(), perChannel(), perChannel()];
  return { min, max, movingMin, movingMax, widths: perChannel(), samples: 0, rows: 0 };
}
