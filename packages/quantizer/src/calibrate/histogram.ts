// A histogram around zero whose bins widen as larger values arrive, so that one pass over the samples is enough.

import type { MeasuredTensor } from './measures.js';

const halfBins = 2048;

/** Plain values, so that they can be sent. */
export interface HistogramState {
  readonly counts: Float64Array;
  readonly width: number;
}

/** Bin b holds values in [(b - 2048) * width, (b - 2047) * width). Lives as long as one calibration. */
export class Histogram {
  #width = 0;
  #limit = 0;

  constructor(readonly counts: Float64Array = new Float64Array(2 * halfBins)) {}

  get state(): HistogramState {
    return { counts: this.counts, width: this.#width };
  }

  static from({ counts, width }: HistogramState): Histogram {
    const one = new Histogram(counts);
    one.#setWidth(width);
    return one;
  }

  /** Width of a bin in the tensor's units; 0 before anything but zeros was seen. */
  get width(): number {
    return this.#width;
  }

  /** Adds `count` finite values whose greatest magnitude is `magnitude`. */
  add(values: MeasuredTensor, count: number, magnitude: number): void {
    this.#cover(magnitude);
    if (this.#width === 0) this.counts[halfBins]! += count;
    else values.tally(1 / this.#width, halfBins, this.counts);
  }

  /** Widens the bins for values of this magnitude at once: bins that grow step by step are merged as often. */
  reserve(magnitude: number): void {
    this.#cover(magnitude);
  }

  /** Adds one finite value `count` times. */
  addCount(value: number, count: number): void {
    if (count === 0) return;
    this.#cover(Math.abs(value));
    const inverse = this.#width === 0 ? 0 : 1 / this.#width;
    this.counts[(value * inverse + halfBins) | 0]! += count;
  }

  /** Adds all that another histogram holds; the result is what one histogram would have made of the values of both. */
  addAll(other: Histogram): void {
    if (other.#width === 0) {
      this.counts[halfBins]! += other.counts[halfBins]!;
      return;
    }
    if (this.#width === 0) this.#setWidth(other.#width);
    while (this.#width < other.#width) this.#widen();
    const shift = Math.log2(this.#width / other.#width);
    for (let b = 0; b < other.counts.length; b++) {
      if (other.counts[b]! > 0) this.counts[((b - halfBins) >> shift) + halfBins]! += other.counts[b]!;
    }
  }

  /** Calls `visit(center, count)` for every bin that is not empty, in ascending order. */
  forEach(visit: (center: number, count: number) => void): void {
    for (let b = 0; b < this.counts.length; b++) {
      const count = this.counts[b]!;
      if (count > 0) visit((b - halfBins + 0.5) * this.#width, count);
    }
  }

  #cover(magnitude: number): void {
    if (magnitude < this.#limit || magnitude === 0) return;
    if (this.#width === 0) {
      // A power of two keeps later merges exact: two old bins are one new bin.
      this.#setWidth(2 ** Math.ceil(Math.log2((magnitude * 1.0001) / halfBins)));
      return;
    }
    while (magnitude >= this.#limit) this.#widen();
  }

  #widen(): void {
    this.#mergePairs();
    this.#setWidth(this.#width * 2);
  }

  #setWidth(width: number): void {
    this.#width = width;
    this.#limit = width * halfBins;
  }

  #mergePairs(): void {
    const old = this.counts.slice();
    this.counts.fill(0);
    for (let b = 0; b < old.length; b++) {
      // floor((b - half) / 2) + half: pairs join on either side of zero.
      this.counts[((b - halfBins) >> 1) + halfBins]! += old[b]!;
    }
  }
}
