// Which values an input took, as long as they are few enough for a byte: to see that they were bytes once.

/** As many as a byte can be told from another. */
const most = 256;
const slots = 1024;
const free = NaN;

/** Plain values, so that they can be sent: ascending; null where there were more. */
export type DistinctValuesState = Float32Array<ArrayBuffer> | null;

/** Lives as long as one calibration. */
export class DistinctValues {
  /** A table with open addresses; undefined where there were more values than `most`. */
  #table: Float32Array<ArrayBuffer> | undefined = new Float32Array(slots).fill(free);
  #count = 0;

  static from(state: DistinctValuesState): DistinctValues {
    const values = new DistinctValues();
    if (state === null) values.#table = undefined;
    else values.addAll(state);
    return values;
  }

  get state(): DistinctValuesState {
    return this.#table === undefined ? null : this.#table.filter((value) => value === value).sort();
  }

  /** Of finite values. */
  addAll(values: Float32Array): void {
    const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
    for (let i = 0; i < values.length && this.#table !== undefined; i++) this.#add(values[i]!, bits[i]!);
  }

  /** As if this had seen what the other saw, too. */
  join(other: DistinctValues): void {
    const { state } = other;
    if (state === null) this.#table = undefined;
    else this.addAll(state);
  }

  #add(value: number, bits: number): void {
    const table = this.#table!;
    // The two zeros are one value.
    let slot = value === 0 ? 0 : Math.imul(bits, 0x9e3779b1) >>> 22;
    while (table[slot] === table[slot]) {
      if (table[slot] === value) return;
      slot = (slot + 1) & (slots - 1);
    }
    if (this.#count === most) {
      this.#table = undefined;
      return;
    }
    table[slot] = value + 0;
    this.#count += 1;
  }
}
