// Keeps some samples of a stream as it passes, spread evenly over it.

/** Lives as long as one pass. */
export class SpreadSamples<Sample> {
  readonly kept: Sample[] = [];
  readonly #places: ReadonlySet<number>;

  /** `count`: how many there will be; the first are kept where that is not known. */
  constructor(count: number | undefined, most: number) {
    const of = Math.max(count ?? most, 1);
    this.#places = new Set(
      Array.from({ length: Math.min(most, of) }, (_, i) => Math.floor(((i + 0.5) * of) / Math.min(most, of))),
    );
  }

  async *of(samples: AsyncIterable<Sample>): AsyncGenerator<Sample, void> {
    let place = 0;
    for await (const sample of samples) {
      if (this.#places.has(place++)) this.kept.push(sample);
      yield sample;
    }
  }
}
