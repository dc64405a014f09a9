// Parts of an output that int8 does not tell although the output as a whole is near: small values beside large ones, which
// share one scale.
import type { Shape } from '@wherry/graph';

/** How an output is taken apart. */
export interface Parts {
  /** Along which dimension of a sample the parts lie: columns as of boxes and scores, or the same with the boxes last. */
  readonly along: 'last' | 'first';
  readonly count: number;
  /** Of the int8 output, in real units. */
  readonly step: number;
}

export interface DeadPart {
  readonly along: Parts['along'];
  readonly index: number;
  readonly sqnrDb: number;
  /** What the float model gives there, and int8. */
  readonly float: readonly [least: number, greatest: number];
  readonly quantized: readonly [least: number, greatest: number];
  readonly step: number;
}

const mostParts = 128;
const fewest = 8;
/** Half of the size. */
const leastSqnrDb = 6;
/** Of its own size: what varies less is constant by nature. */
const leastVariation = 0.01;
/** What varies so much and is one value in int8 is lost, however near that value is. */
const clearVariation = 0.05;

/** `shape` with the batch in front. Undefined where no part means the same in every sample. */
export function partsOf([, ...shape]: Shape, step: number, likeInput: boolean): Parts | undefined {
  const [first, last] = [shape[0] ?? 1, shape.at(-1) ?? 1];
  // Pixels at the border of a picture are tiny by nature.
  if (shape.length === 1 && likeInput) return undefined;
  // Anchors are more than the attributes that each of them has.
  const along = shape.length === 2 && first < last ? 'first' : 'last';
  const count = along === 'first' ? first : last;
  return count < 2 || count > mostParts ? undefined : { along, count, step };
}

interface Sums {
  count: number;
  mean: number;
  spread: number;
  signal: number;
  noise: number;
  readonly float: [number, number];
  readonly quantized: [number, number];
}

export class PartErrors {
  readonly #parts: Parts;
  readonly #sums: readonly Sums[];

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#sums = Array.from({ length: parts.count }, () => ({
      count: 0,
      mean: 0,
      spread: 0,
      signal: 0,
      noise: 0,
      float: [Infinity, -Infinity],
      quantized: [Infinity, -Infinity],
    }));
  }

  add(expected: ArrayLike<number>, actual: ArrayLike<number>): void {
    const { along, count } = this.#parts;
    const places = expected.length / count;
    for (let i = 0; i < expected.length; i++) {
      const sums = this.#sums[along === 'last' ? i % count : Math.floor(i / places)]!;
      const [e, a] = [expected[i]!, actual[i]!];
      sums.count += 1;
      const before = sums.mean;
      sums.mean += (e - before) / sums.count;
      sums.spread += (e - before) * (e - sums.mean);
      sums.signal += e * e;
      sums.noise += (e - a) ** 2;
      widen(sums.float, e);
      widen(sums.quantized, a);
    }
  }

  get result(): DeadPart[] {
    const { along, step } = this.#parts;
    return this.#sums.flatMap(({ count, spread, signal, noise, float, quantized }, index) => {
      const sqnrDb = noise === 0 ? Infinity : 10 * Math.log10(signal / noise);
      const varies = (share: number): boolean => spread > share ** 2 * signal;
      const far = varies(leastVariation) && sqnrDb < leastSqnrDb;
      const still = varies(clearVariation) && quantized[0] === quantized[1];
      if (count < fewest || !(far || still)) return [];
      return [{ along, index, sqnrDb, float, quantized, step }];
    });
  }
}

function widen(reach: [number, number], value: number): void {
  if (value < reach[0]) reach[0] = value;
  if (value > reach[1]) reach[1] = value;
}
