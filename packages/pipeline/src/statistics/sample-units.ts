// What samples may have in common: the recordings that they were cut from, or the stretch of the data that they lie in.
import { blockCount } from '@wherry/quantizer';

export interface Units {
  /** Of which `count` are independent of each other: recordings are known, stretches are a caution. */
  readonly of: 'recordings' | 'stretches';
  readonly count: number;
  /** By sample, from 0. */
  readonly unitOf: Int32Array;
}

/** Collects of each sample, in the order of the data, what kind it is of and what it was cut from. */
export class SampleUnits {
  readonly #kinds: number[] = [];
  readonly #groups: (number | undefined)[] = [];

  /** `kind`: the class or label, for which data is often sorted. */
  add(kind: number, group: number | undefined): void {
    this.#kinds.push(kind);
    this.#groups.push(group);
  }

  get samples(): number {
    return this.#kinds.length;
  }

  get result(): Units {
    const groups = this.#groups;
    const known = groups.length > 0 && groups.every((group) => group !== undefined);
    return known ? numbered('recordings', groups) : numbered('stretches', stretches(this.#kinds));
  }
}

/**
 * Neighbours in a file are often alike (frames of one film), which nothing in the file says. So the samples of each kind are
 * parted into as many stretches as calibration has blocks, each kind beginning where it first stands in the data: of sorted
 * data a stretch has some of every kind, of other data it is a piece of the file.
 */
export function stretches(kinds: readonly number[]): number[] {
  const counts = new Map<number, { total: number; seen: number; first: number }>();
  kinds.forEach((kind, i) => {
    const own = counts.get(kind) ?? { total: 0, seen: 0, first: i / kinds.length };
    own.total += 1;
    counts.set(kind, own);
  });
  return kinds.map((kind) => {
    const own = counts.get(kind)!;
    return Math.floor((blockCount * (own.seen++ + own.first)) / own.total);
  });
}

/** Of some of the samples, in their order. */
export function unitsAmong({ of, unitOf }: Units, chosen: (sample: number) => boolean): Units {
  return numbered(
    of,
    [...unitOf].filter((_, sample) => chosen(sample)),
  );
}

function numbered(of: Units['of'], units: readonly (number | undefined)[]): Units {
  const numbers = new Map<number | undefined, number>();
  const unitOf = Int32Array.from(units, (unit) => {
    const known = numbers.get(unit) ?? numbers.size;
    numbers.set(unit, known);
    return known;
  });
  return { of, count: numbers.size, unitOf };
}
