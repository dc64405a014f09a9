// The order in which a kernel reads its inputs and writes its output: what decides which of them may share memory.

/** Bytes [from, to) of the operand at `position`. */
export interface ByteRange {
  readonly position: number;
  readonly from: number;
  readonly to: number;
}

/** A stretch of a kernel's work. What it reads, it may read again until the stretch ends. */
export interface AccessStep {
  readonly reads: readonly ByteRange[];
  /** Of output 0, [from, to); null: nothing is written. */
  readonly writes: readonly [from: number, to: number] | null;
  /** Nothing is read any more once the first byte is written. */
  readonly readsFirst?: boolean;
}

export interface AccessOrder {
  /** The same steps each time. */
  steps(): Iterable<AccessStep>;
}
