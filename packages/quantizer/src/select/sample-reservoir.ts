// Keeps a fixed number of samples, or of anything, out of a stream of unknown length, each with the same chance, and the same ones every time.
import type { TensorData } from '@wherry/graph';

export interface JudgedSample {
  /** Real-valued feeds. */
  readonly inputs: readonly TensorData[];
  /** What the float graph makes of them, per `judgedTensors`. */
  readonly expected: readonly TensorData[];
  /** Where in the data it lay, see `blockOf`. */
  readonly block: number;
}

/** Reservoir sampling (Vitter's algorithm R) driven by a counter-based hash instead of chance. Lives as long as one stream. */
export class Reservoir<T> {
  readonly #kept: T[] = [];
  readonly #capacity: number;
  #seen = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** `make` is called for what is kept, and only then. */
  offer(make: () => T): void {
    const place = this.#seen < this.#capacity ? this.#seen : mix(this.#seen) % (this.#seen + 1);
    this.#seen += 1;
    if (place < this.#capacity) this.#kept[place] = make();
  }

  /** In no order: what was met late stands where something earlier stood. */
  get kept(): readonly T[] {
    return this.#kept;
  }
}

export class SampleReservoir {
  readonly #reservoir: Reservoir<JudgedSample>;

  constructor(capacity: number) {
    this.#reservoir = new Reservoir(capacity);
  }

  /** Copies the inputs of a sample that it keeps. */
  offer(sample: JudgedSample): void {
    this.#reservoir.offer(() => ({ ...sample, inputs: sample.inputs.map((data) => data.slice() as TensorData) }));
  }

  get samples(): readonly JudgedSample[] {
    return this.#reservoir.kept;
  }
}

/** A 32-bit integer hash (the finalizer of MurmurHash3): well spread, the same everywhere. */
function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
