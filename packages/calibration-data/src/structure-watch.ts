// Tells numbers out of a random generator from data: in data something tells neighbours, places or samples from one another.
import type { InputExpectation } from './formats/format.js';

/** Values that are looked at, so that the cost does not grow with the data. */
const lookedAt = 2 ** 23;
const leastSamples = 8;
/** Fewer values of a sample say too little. */
const leastValues = 16;
/** Of one sample for itself. */
const leastValuesOfOne = 100;
/** Neighbours of a flat sample that are looked at: pairs and triples of coordinates stand side by side. */
const flatLags = 4;

/** Standard errors that count as chance. */
const certainty = 4;
/** Of one sample among many: a digit that drowns in its own noise came to 3.9, and is a digit still. */
const certaintyOfOne = 3;
/** Means that scatter less, as a share of what chance makes, were made equal: columns that are brought to mean 0. */
const leastScatter = 0.25;
/** What is correlated less is hardly data: real pictures, spectra and recordings were measured from 0.56 on. */
const slight = 0.1;
/** Where most samples are correlated that much, those without any are none of the set's. */
const clearly = 0.5;

export interface Noise {
  /** Samples that were looked at. */
  readonly of: number;
  /** Samples that look like random numbers: all, or those among others that do not. */
  readonly count: number;
  readonly first?: string;
}

/** Lives as long as one pass over the samples. */
export class StructureWatch {
  readonly #channels: number;
  readonly #strides: readonly Stride[];
  readonly #isGrid: boolean;
  readonly #values: number;
  readonly #places: Float64Array;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  readonly #squaredMeans: Float64Array;
  readonly #covariances: Float64Array;
  readonly #pairs: Float64Array;
  /** Samples whose neighbours have nothing to do with each other. */
  readonly #unrelated: string[] = [];
  /** Samples whose neighbours clearly have. */
  #related = 0;
  #squaredVariances = 0;
  #fourthPowers = 0;
  #variance = 0;
  #samples = 0;

  constructor({ shape }: InputExpectation) {
    this.#values = shape.reduce((product, size) => product * size, 1);
    this.#strides = stridesOf(shape);
    this.#isGrid = shape.length > 2;
    this.#channels = shape.length > 2 ? shape.at(-1)! : 1;
    this.#places = new Float64Array(this.#values);
    this.#sum = new Float64Array(this.#channels);
    this.#squares = new Float64Array(this.#channels);
    this.#squaredMeans = new Float64Array(this.#channels);
    this.#covariances = new Float64Array(this.#strides.length);
    this.#pairs = new Float64Array(this.#strides.length);
  }

  observe(data: Float32Array, id: string): void {
    const enough = this.#samples >= leastSamples && this.#samples * this.#values >= lookedAt;
    if (this.#values < leastValues || enough) return;
    this.#samples++;
    const { centred, variance } = this.#centre(data);
    let greatest = 0;
    this.#strides.forEach(({ step, span }, axis) => {
      let [covariance, pairs] = [0, 0];
      for (let start = 0; start < centred.length; start += span) {
        const end = Math.min(start + span, centred.length) - step;
        for (let i = start; i < end; i++) covariance += centred[i]! * centred[i + step]!;
        pairs += Math.max(0, end - start);
      }
      greatest = Math.max(greatest, Math.abs(covariance / Math.max(1, pairs)));
      this.#covariances[axis]! += covariance;
      this.#pairs[axis]! += pairs;
    });
    const chance = certaintyOfOne / Math.sqrt(this.#values);
    if (greatest >= clearly * variance && variance > 0) this.#related++;
    if (this.#values >= leastValuesOfOne && variance > 0 && greatest <= chance * variance) this.#unrelated.push(id);
  }

  /** Less the mean of its channel in this sample. */
  #centre(data: Float32Array): { readonly centred: Float32Array; readonly variance: number } {
    const means = new Float64Array(this.#channels);
    for (let i = 0, c = 0; i < data.length; i++) {
      const value = data[i]!;
      this.#places[i]! += value;
      means[c]! += value;
      this.#squares[c]! += value * value;
      c = c + 1 === this.#channels ? 0 : c + 1;
    }
    const perChannel = data.length / this.#channels;
    means.forEach((sum, c) => {
      this.#sum[c]! += sum;
      means[c] = sum / perChannel;
      this.#squaredMeans[c]! += means[c] ** 2;
    });
    const centred = new Float32Array(data.length);
    let [squares, fourths] = [0, 0];
    for (let i = 0, c = 0; i < data.length; i++) {
      const deviation = data[i]! - means[c]!;
      centred[i] = deviation;
      squares += deviation * deviation;
      fourths += deviation ** 4;
      c = c + 1 === this.#channels ? 0 : c + 1;
    }
    this.#variance += squares;
    this.#fourthPowers += fourths;
    this.#squaredVariances += (squares / data.length) ** 2;
    return { centred, variance: squares / data.length };
  }

  get result(): Noise {
    const of = this.#samples;
    if (of < leastSamples || this.#variance === 0) return { of, count: 0 };
    if (this.#isRandom(this.#correlation())) return { of, count: of };
    // What is heard in one recording may well be noise; a picture or a spectrum of nothing else is none.
    const among = this.#isGrid && this.#related > of / 2 ? this.#unrelated : [];
    return { of, count: among.length, ...(among[0] !== undefined && { first: among[0] }) };
  }

  /** Greatest of neighbours along an axis, over the whole set. */
  #correlation(): number {
    const variance = this.#variance / (this.#samples * this.#values);
    const along = this.#strides.map((_, axis) => this.#covariances[axis]! / Math.max(1, this.#pairs[axis]!));
    return Math.max(0, ...along.map(Math.abs)) / variance;
  }

  /**
   * Values that are drawn independently from one distribution: neighbours have nothing to do with each other, means of places
   * and of samples scatter as chance has it, and no sample is louder than another. The last tells a recording that hisses.
   */
  #isRandom(neighbours: number): boolean {
    const [samples, channels] = [this.#samples, this.#channels];
    const perChannel = this.#values / channels;
    let [ofPlaces, ofSamples] = [0, 0];
    for (let c = 0; c < channels; c++) {
      const mean = this.#sum[c]! / (samples * perChannel);
      const variance = this.#squares[c]! / (samples * perChannel) - mean ** 2;
      if (variance <= 0) continue;
      let spread = 0;
      for (let i = c; i < this.#values; i += channels) spread += (this.#places[i]! / samples - mean) ** 2;
      ofPlaces += (spread * samples) / variance / this.#values;
      ofSamples += ((this.#squaredMeans[c]! / samples - mean ** 2) * perChannel) / variance / channels;
    }
    // A sample's own mean is taken out: that alone correlates values by -1 / perChannel.
    const nearZero = slight + 1 / perChannel + certainty / Math.sqrt(samples * this.#values);
    const nearOne = (ratio: number, values: number): boolean =>
      ratio >= leastScatter && ratio - 1 <= slight + certainty * Math.sqrt(2 / values);
    return (
      neighbours <= nearZero &&
      nearOne(ofPlaces, this.#values) &&
      nearOne(ofSamples, samples * channels) &&
      !this.#isLoudAndSoft()
    );
  }

  /** The variance of a sample of independent values itself has the variance (m4 - m2^2) / n. */
  #isLoudAndSoft(): boolean {
    const total = this.#samples * this.#values;
    const squared = (this.#variance / total) ** 2;
    const expected = (this.#fourthPowers / total - squared) / this.#values;
    const ratio = (this.#squaredVariances / this.#samples - squared) / expected;
    return ratio > 1 + slight + certainty * Math.sqrt(2 / this.#samples);
  }
}

interface Stride {
  /** Values between neighbours. */
  readonly step: number;
  /** Values after which a row of neighbours ends. */
  readonly span: number;
}

/** The axes along which values have neighbours: all but that of samples and that of channels. */
function stridesOf(shape: readonly number[]): readonly Stride[] {
  if (shape.length <= 2) return Array.from({ length: flatLags }, (_, i) => ({ step: i + 1, span: Infinity }));
  const axes = shape.slice(1, -1);
  return axes.flatMap((size, axis) => {
    const step = shape.slice(axis + 2).reduce((product, each) => product * each, 1);
    return size < 2 ? [] : [{ step, span: step * size }];
  });
}
