// What lies outside of an interval, for any interval, out of sums over a histogram that are made once.
import type { Histogram } from './histogram.js';

export interface Tail {
  readonly count: number;
  /** Sum of squared distances to the end of the interval. */
  readonly squares: number;
}

/** Values stand where the centers of their bins are. */
export class HistogramTails {
  readonly #centers: number[] = [];
  /** Moments of the bins before each: how many values, their sum, the sum of their squares. */
  readonly #counts: number[] = [0];
  readonly #sums: number[] = [0];
  readonly #squares: number[] = [0];

  constructor(histogram: Histogram) {
    let [counts, sums, squares] = [0, 0, 0];
    histogram.forEach((center, count) => {
      this.#centers.push(center);
      this.#counts.push((counts += count));
      this.#sums.push((sums += count * center));
      this.#squares.push((squares += count * center * center));
    });
  }

  get total(): number {
    return this.#counts.at(-1)!;
  }

  below(min: number): Tail {
    return this.#tail(
      0,
      this.#firstBin((center) => center >= min),
      min,
    );
  }

  above(max: number): Tail {
    return this.#tail(
      this.#firstBin((center) => center > max),
      this.#centers.length,
      max,
    );
  }

  #tail(from: number, to: number, end: number): Tail {
    const [count, sum, squares] = [this.#counts, this.#sums, this.#squares].map(
      (moments) => moments[to]! - moments[from]!,
    ) as [number, number, number];
    // Not below 0, which the difference of large sums may come out as.
    return { count, squares: Math.max(0, squares - 2 * end * sum + end * end * count) };
  }

  /** Position of the first center that `holds`; the centers ascend. */
  #firstBin(holds: (center: number) => boolean): number {
    let [low, high] = [0, this.#centers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.#centers[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
