// Finds samples that repeat others but for a little noise: pictures encoded again, one recording at two loudnesses, a still camera.
import type { Sample } from './dataset.js';

/** Values of a sketch: distances are true to about a sixth. */
const buckets = 64;
/** Sketches that are kept, so that neither memory nor the comparison of all pairs grows with the data. */
const remembered = 1024;
/** Where a sample is few numbers, neighbours are near by nature: rows of a table, positions of a hand. */
const leastValues = 64;
/** Squared distance of a copy, as a share of what two samples that have nothing in common are apart. */
const copyDistance = 0.01;
/** The next sample that is no copy is so many times as far, squared: copies stand alone, frames of a film in a row. */
const leastGap = 16;
/** So many copies of one sample are looked for at most. */
const mostCopies = 8;

export interface NearCopies {
  /** Samples that were looked at. */
  readonly of: number;
  /** Samples that have an earlier one for a near copy, equal ones left out. */
  readonly count: number;
  /** The first of them and what it repeats, by their ids. */
  readonly first?: readonly [copy: string, original: string];
}

/** Lives as long as one pass over the samples. */
export class NearCopyWatch {
  readonly #sketches: Float64Array[] = [];
  readonly #ids: string[] = [];
  #places: Uint8Array | undefined;

  /** Equal samples are not to be handed in twice. */
  observe({ inputs, id }: Pick<Sample, 'inputs' | 'id'>): void {
    const values = inputs.reduce((sum, { length }) => sum + length, 0);
    if (values < leastValues || this.#sketches.length >= remembered) return;
    this.#places ??= placesOf(values);
    this.#sketches.push(sketch(inputs, this.#places));
    this.#ids.push(id);
  }

  get result(): NearCopies {
    const near = nearestOf(this.#sketches);
    const copies = near.flatMap((neighbours, sample) => {
      const original = copiesIn(neighbours).find((other) => other < sample);
      return original === undefined ? [] : [[this.#ids[sample]!, this.#ids[original]!] as const];
    });
    const [first] = copies;
    return { of: this.#sketches.length, count: copies.length, ...(first !== undefined && { first }) };
  }
}

/** Of every value its bucket, and in the highest bit its sign, spread by a hash. */
function placesOf(values: number): Uint8Array {
  return Uint8Array.from({ length: values }, (_, i) => {
    const hash = Math.imul(i + 1, 0x9e3779b1);
    return (Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 24) & 0xff;
  });
}

/**
 * Count sketch (Charikar, Chen and Farach-Colton 2002): sums of values with signs, whose distances are those of the samples on
 * average.
 */
function sketch(inputs: readonly Float32Array[], places: Uint8Array): Float64Array {
  const sums = new Float64Array(buckets);
  let at = 0;
  for (const data of inputs) {
    for (let i = 0; i < data.length; i++) {
      const place = places[at++]!;
      sums[place & (buckets - 1)]! += place & 0x80 ? -data[i]! : data[i]!;
    }
  }
  return sums;
}

interface Neighbour {
  readonly sample: number;
  /** Squared, as a share of what two unlike samples are apart. */
  readonly distance: number;
}

/** Of each sample the nearest others, one more than there may be copies. */
function nearestOf(sketches: readonly Float64Array[]): readonly (readonly Neighbour[])[] {
  const mean = new Float64Array(buckets);
  for (const each of sketches) for (let b = 0; b < buckets; b++) mean[b]! += each[b]! / sketches.length;
  // Two unlike samples are as far apart as both are from the mean.
  const spreads = sketches.map((each) => squaredDistance(each, mean));
  const near: Neighbour[][] = sketches.map(() => []);
  for (let a = 0; a < sketches.length; a++) {
    for (let b = 0; b < a; b++) {
      const distance = squaredDistance(sketches[a]!, sketches[b]!) / (spreads[a]! + spreads[b]! || 1);
      keepNearest(near[a]!, { sample: b, distance });
      keepNearest(near[b]!, { sample: a, distance });
    }
  }
  return near;
}

function keepNearest(nearest: Neighbour[], one: Neighbour): void {
  if (nearest.length > mostCopies && nearest.at(-1)!.distance <= one.distance) return;
  let place = nearest.length;
  while (place > 0 && nearest[place - 1]!.distance > one.distance) place--;
  nearest.splice(place, 0, one);
  if (nearest.length > mostCopies + 1) nearest.pop();
}

/** Those before the first wide gap, where all of them are near. */
function copiesIn(nearest: readonly Neighbour[]): readonly number[] {
  const end = nearest.findIndex(
    ({ distance }, i) =>
      i > 0 && distance > leastGap * nearest[i - 1]!.distance && nearest[i - 1]!.distance <= copyDistance,
  );
  return end === -1 ? [] : nearest.slice(0, end).map(({ sample }) => sample);
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < buckets; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}
