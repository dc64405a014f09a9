// The ranges that single parts of the samples would have given: stretches of the data, classes, and all samples but one.
import type { Graph, TensorData, TensorId } from '@wherry/graph';
import { watchedTensors } from './collection.js';
import { withZero, type Range } from './range.js';

export interface PartRanges {
  readonly samples: number;
  /** By minimum and maximum, 0 included. Empty without samples. */
  readonly ranges: ReadonlyMap<TensorId, Range>;
}

/** A sample without which a range is narrower. */
export interface FarthestSample {
  /** Its number among all samples. */
  readonly sample: number;
  /** Without it. */
  readonly range: Range;
}

/** What the samples of all other classes would have given. */
export interface WithoutClass {
  readonly class: number;
  /** Of the class that is left out. */
  readonly samples: number;
  readonly ranges: ReadonlyMap<TensorId, Range>;
}

export type ClassOf = (sample: number, outputs: readonly TensorData[]) => number | undefined;

/** More classes are not told apart: of each two numbers for every tensor are kept. */
const mostClasses = 1024;
const noClass = -1;

/** Lives as long as one calibration. */
export class RangeParts {
  readonly #tensors: readonly TensorId[];
  readonly #blocks = new Map<number, Part>();
  readonly #classes = new Map<number, Part>();
  readonly #tops: readonly Reach[];
  #seen = 0;

  /** `classOf`: by the number of the sample, and by what the float model makes of it. */
  constructor(
    graph: Graph,
    private readonly classOf: ClassOf = () => undefined,
  ) {
    this.#tensors = watchedTensors(graph);
    this.#tops = this.#tensors.map(() => ({ low: new TopTwo(), high: new TopTwo() }));
  }

  /** Called in the order of the samples. `ends`: see `SeenSample`; `block`: see `blockOf`. */
  add(
    ends: Float32Array,
    { block, outputs }: { readonly block: number; readonly outputs: readonly TensorData[] },
  ): void {
    this.#partOf(this.#blocks, block).add(ends);
    const own = this.classOf(this.#seen, outputs) ?? noClass;
    const isKept = this.#classes.has(own) || this.#classes.size < mostClasses;
    this.#partOf(this.#classes, isKept ? own : noClass).add(ends);
    this.#tops.forEach(({ low, high }, t) => {
      low.add(-ends[2 * t]!, this.#seen);
      high.add(ends[2 * t + 1]!, this.#seen);
    });
    this.#seen += 1;
  }

  /** Of the blocks for which `takes` holds. */
  ofBlocks(takes: (block: number) => boolean): PartRanges {
    const parts = [...this.#blocks].flatMap(([block, part]) => (takes(block) ? [part] : []));
    const samples = parts.reduce((sum, part) => sum + part.samples, 0);
    const ranges = samples === 0 ? [] : this.#tensors.map((id, t) => [id, joined(parts, t)] as const);
    return { samples, ranges: new Map(ranges) };
  }

  /** One for each class that was met, in ascending order. */
  get withoutClasses(): readonly WithoutClass[] {
    const parts = [...this.#classes].sort(([a], [b]) => a - b);
    const tops = this.#tensors.map((_, t) => {
      const [low, high] = [new TopTwo(), new TopTwo()];
      for (const [own, { ends }] of parts) {
        low.add(-ends[2 * t]!, own);
        high.add(ends[2 * t + 1]!, own);
      }
      return { low, high };
    });
    return parts.flatMap(([own, { samples }]) => {
      if (own === noClass) return [];
      const ranges = this.#tensors.map((id, t) => [id, withoutOne(tops[t]!, own)] as const);
      return [{ class: own, samples, ranges: new Map(ranges) }];
    });
  }

  #partOf(parts: Map<number, Part>, key: number): Part {
    const part = parts.get(key) ?? new Part(this.#tensors.length);
    parts.set(key, part);
    return part;
  }

  /** The one sample without which the range is narrowest; undefined of a single sample. */
  farthest(id: TensorId): FarthestSample | undefined {
    const top = this.#tops[this.#tensors.indexOf(id)];
    if (top === undefined || this.#seen < 2) return undefined;
    const without = [top.low.of, top.high.of].map((sample) => ({ sample, range: withoutOne(top, sample) }));
    return without.reduce((one, other) => (widthOf(other.range) < widthOf(one.range) ? other : one));
  }
}

/** How many times as wide the wider of two ranges is. */
export function ratioOf(a: Range, b: Range): number {
  const [one, other] = [widthOf(a), widthOf(b)];
  return Math.max(one, other) === 0 ? 1 : Math.max(one, other) / Math.min(one, other);
}

function widthOf({ min, max }: Range): number {
  return max - min;
}

/** Samples of one part, and what they reach. */
class Part {
  samples = 0;
  readonly ends: Float32Array;

  constructor(tensors: number) {
    this.ends = Float32Array.from({ length: 2 * tensors }, (_, i) => (i % 2 === 0 ? Infinity : -Infinity));
  }

  add(ends: Float32Array): void {
    this.samples += 1;
    for (let i = 0; i < ends.length; i += 2) {
      if (ends[i]! < this.ends[i]!) this.ends[i] = ends[i]!;
      if (ends[i + 1]! > this.ends[i + 1]!) this.ends[i + 1] = ends[i + 1]!;
    }
  }
}

function joined(parts: readonly Part[], tensor: number): Range {
  const min = parts.reduce((least, { ends }) => Math.min(least, ends[2 * tensor]!), Infinity);
  const max = parts.reduce((greatest, { ends }) => Math.max(greatest, ends[2 * tensor + 1]!), -Infinity);
  return withZero({ min, max });
}

interface Reach {
  readonly low: TopTwo;
  readonly high: TopTwo;
}

function withoutOne({ low, high }: Reach, one: number): Range {
  return withZero({ min: -low.without(one), max: high.without(one) });
}

/** The greatest value with the number of whose it is, and the greatest of all others. */
class TopTwo {
  of = 0;
  #first = -Infinity;
  #second = -Infinity;

  add(value: number, of: number): void {
    if (value > this.#first) [this.#first, this.#second, this.of] = [value, this.#first, of];
    else if (value > this.#second) this.#second = value;
  }

  without(one: number): number {
    return one === this.of ? this.#second : this.#first;
  }
}
