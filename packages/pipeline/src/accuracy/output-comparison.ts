// Compares two lists of outputs, float and quantized, sample by sample, in memory that does not grow.

/** What a comparison says of one graph output. Errors are in real units. */
export interface OutputComparison {
  readonly name: string;
  readonly samples: number;
  /** Signal to quantization noise, 10 log10(sum float^2 / sum difference^2); Infinity when they are equal. */
  readonly sqnrDb: number;
  readonly cosine: number;
  readonly greatestError: number;
  readonly meanError: number;
  /** Present for outputs with classes: two or more values, and a softmax at the end or labelled samples. */
  readonly top1?: Top1;
}

export interface Top1 {
  /** Samples where both pick the same class; of equals the first. */
  readonly agree: number;
  /** With labels only: samples where the float and the quantized model pick the label. */
  readonly labelled: number;
  readonly floatRight: number;
  readonly quantizedRight: number;
}

/** Lives as long as one evaluation. */
export class OutputComparator {
  readonly #name: string;
  readonly #hasClasses: boolean;
  #samples = 0;
  #signal = 0;
  #noise = 0;
  #product = 0;
  #power = 0;
  #greatest = 0;
  #absolute = 0;
  #values = 0;
  #classes = 0;
  #top1 = { agree: 0, labelled: 0, floatRight: 0, quantizedRight: 0 };

  /** `hasClasses`: the values are scores of classes even where no sample has a label. */
  constructor(name: string, hasClasses: boolean) {
    this.#name = name;
    this.#hasClasses = hasClasses;
  }

  add(expected: ArrayLike<number>, actual: ArrayLike<number>, label?: number): void {
    for (let i = 0; i < expected.length; i++) {
      const [e, a] = [expected[i]!, actual[i]!];
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
    this.#classes = expected.length;
    if (expected.length > 1) this.#addTop1(argmax(expected), argmax(actual), label);
  }

  get result(): OutputComparison {
    const whole = {
      name: this.#name,
      samples: this.#samples,
      sqnrDb: this.#noise === 0 ? Infinity : 10 * Math.log10(this.#signal / this.#noise),
      cosine: this.#noise === 0 ? 1 : this.#product / Math.sqrt(this.#signal * this.#power || 1),
      greatestError: this.#greatest,
      meanError: this.#values === 0 ? 0 : this.#absolute / this.#values,
    };
    const counts = this.#classes > 1 && (this.#hasClasses || this.#top1.labelled > 0);
    return counts ? { ...whole, top1: { ...this.#top1 } } : whole;
  }

  #addTop1(expected: number, actual: number, label: number | undefined): void {
    if (expected === actual) this.#top1.agree += 1;
    if (label === undefined) return;
    this.#top1.labelled += 1;
    if (expected === label) this.#top1.floatRight += 1;
    if (actual === label) this.#top1.quantizedRight += 1;
  }
}

/** Position of the greatest value; of equals the first. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
