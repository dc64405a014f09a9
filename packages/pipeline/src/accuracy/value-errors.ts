// How far two lists of values are apart, sample by sample, in memory that does not grow.

/** Where values are infinite or no number. */
export interface NotFinite {
  /** Of either model. */
  readonly float: number;
  readonly quantized: number;
  /** From 0, in the order of the samples. */
  readonly firstSample: number;
}

/** Errors are in real units, of values that are finite on both sides. */
export interface ValueErrors {
  readonly samples: number;
  /** Values that are infinite or no number on one side or both: none of them is near or right. Absent where there are none. */
  readonly notFinite?: number;
  readonly notFiniteIn?: NotFinite;
  /**
   * Signal to quantization noise, 10 log10(sum float^2 / sum difference^2); Infinity when they are equal, -Infinity where some
   * are `notFinite`.
   */
  readonly sqnrDb: number;
  readonly cosine: number;
  readonly greatestError: number;
  readonly meanError: number;
}

export class ValueErrorSums {
  #samples = 0;
  #signal = 0;
  #noise = 0;
  #product = 0;
  #power = 0;
  #greatest = 0;
  #absolute = 0;
  #values = 0;
  #notFinite = 0;
  #notFiniteIn = { float: 0, quantized: 0, firstSample: 0 };

  add(expected: ArrayLike<number>, actual: ArrayLike<number>): void {
    for (let i = 0; i < expected.length; i++) {
      const [e, a] = [expected[i]!, actual[i]!];
      if (!Number.isFinite(e) || !Number.isFinite(a)) {
        this.#countNotFinite(e, a);
        continue;
      }
      const difference = Math.abs(e - a);
      this.#signal += e * e;
      this.#noise += difference * difference;
      this.#product += e * a;
      this.#power += a * a;
      this.#absolute += difference;
      if (difference > this.#greatest) this.#greatest = difference;
    }
    this.#samples += 1;
    this.#values += expected.length;
  }

  /** The same on both sides is no likeness: neither says anything. */
  #countNotFinite(expected: number, actual: number): void {
    if (this.#notFinite === 0) this.#notFiniteIn.firstSample = this.#samples;
    this.#notFinite += 1;
    if (!Number.isFinite(expected)) this.#notFiniteIn.float += 1;
    if (!Number.isFinite(actual)) this.#notFiniteIn.quantized += 1;
  }

  get result(): ValueErrors {
    return {
      samples: this.#samples,
      ...(this.#notFinite > 0 && { notFinite: this.#notFinite, notFiniteIn: { ...this.#notFiniteIn } }),
      sqnrDb:
        this.#notFinite > 0 ? -Infinity : this.#noise === 0 ? Infinity : 10 * Math.log10(this.#signal / this.#noise),
      cosine: this.#noise === 0 ? 1 : this.#product / Math.sqrt(this.#signal * this.#power || 1),
      greatestError: this.#greatest,
      meanError: this.#values === 0 ? 0 : this.#absolute / this.#values,
    };
  }
}
