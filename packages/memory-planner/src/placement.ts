// Buffers on their way into an arena: where the placed ones stand, and where the next would fit.
import type { ArenaBuffer } from './arena-plan.js';

/** Lives while one plan is being made. */
export class Placement {
  readonly #buffers: readonly ArenaBuffer[];
  readonly #offsets: number[];
  /** The placed buffers that are live at each step. */
  readonly #live = new Map<number, number[]>();

  constructor(buffers: readonly ArenaBuffer[]) {
    this.#buffers = buffers;
    this.#offsets = buffers.map(() => 0);
  }

  get offsets(): readonly number[] {
    return this.#offsets;
  }

  put(i: number, offset: number): void {
    this.#offsets[i] = offset;
    const { firstStep, lastStep } = this.#buffers[i]!;
    for (let step = firstStep; step <= lastStep; step++) {
      const live = this.#live.get(step);
      if (live === undefined) this.#live.set(step, [i]);
      else live.push(i);
    }
  }

  /** The lowest offset at which buffer `i` meets none of the placed ones that live at the same time. */
  lowestGap(i: number): number {
    const { bytes, firstStep, lastStep } = this.#buffers[i]!;
    const neighbours = new Set<number>();
    for (let step = firstStep; step <= lastStep; step++)
      for (const other of this.#live.get(step) ?? []) neighbours.add(other);
    let offset = 0;
    for (const other of [...neighbours].sort((a, b) => this.#offsets[a]! - this.#offsets[b]!)) {
      if (this.#offsets[other]! - offset >= bytes) break;
      offset = Math.max(offset, this.#offsets[other]! + this.#buffers[other]!.bytes);
    }
    return offset;
  }
}
