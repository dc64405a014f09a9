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
  /** Present for outputs with two or more classes: scores by the operator that writes them, or by labels. */
  readonly top1?: Top1;
}

export interface Top1 {
  /** One per row of scores: as many as samples, unless a sample has several, such as one per pixel. */
  readonly decisions: number;
  /** Decisions where both pick the same class; of equals the first. */
  readonly agree: number;
  /** With labels and one decision per sample only: samples where the float and the quantized model pick the label. */
  readonly labelled: number;
  readonly floatRight: number;
  readonly quantizedRight: number;
}

/** Lives as long as one evaluation. */
export class OutputComparator {
  readonly #name: string;
  readonly #givenClasses: number | undefined;
  #samples = 0;
  #signal = 0;
  #noise = 0;
  #product = 0;
  #power = 0;
  #greatest = 0;
  #absolute = 0;
  #values = 0;
  #classes = 0;
  #top1 = { decisions: 0, agree: 0, labelled: 0, floatRight: 0, quantizedRight: 0 };

  /** `classes`: the values are scores, in rows of so many. Undefined: scores of as many classes as values, where labels say so. */
  constructor(name: string, classes: number | undefined) {
    this.#name = name;
    this.#givenClasses = classes;
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
    this.#classes = this.#givenClasses ?? expected.length;
    if (this.#classes > 1) this.#addTop1(expected, actual, label);
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
    const counts = this.#classes > 1 && (this.#givenClasses !== undefined || this.#top1.labelled > 0);
    return counts ? { ...whole, top1: { ...this.#top1 } } : whole;
  }

  #addTop1(expected: ArrayLike<number>, actual: ArrayLike<number>, label: number | undefined): void {
    const classes = this.#classes;
    for (let row = 0; row < expected.length; row += classes) {
      const [wanted, given] = [argmax(expected, row, classes), argmax(actual, row, classes)];
      this.#top1.decisions += 1;
      if (wanted === given) this.#top1.agree += 1;
      if (label === undefined || expected.length !== classes) continue;
      this.#top1.labelled += 1;
      if (wanted === label) this.#top1.floatRight += 1;
      if (given === label) this.#top1.quantizedRight += 1;
    }
  }
}

/** Position of the greatest of `count` values from `start`, counted from there; of equals the first. */
function argmax(values: ArrayLike<number>, start: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) if (values[start + i]! > values[start + best]!) best = i;
  return best;
}
