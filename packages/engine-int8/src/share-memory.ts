// Puts buffers that are never alive at the same time into the same memory.
import type { Lifetime } from './lifetimes.js';

export interface Buffer {
  readonly bytes: number;
  readonly lifetime: Lifetime;
}

export interface SharedMemory {
  /** Of each buffer, in the order given. */
  readonly offsets: readonly number[];
  readonly bytes: number;
}

/** The largest first, each at the lowest place that nothing alive with it takes. */
export function shareMemory(buffers: readonly Buffer[]): SharedMemory {
  const offsets = new Array<number>(buffers.length).fill(0);
  const placed: number[] = [];
  let total = 0;
  const order = buffers.map((_, index) => index).sort((a, b) => buffers[b]!.bytes - buffers[a]!.bytes || a - b);
  for (const index of order) {
    const { bytes, lifetime } = buffers[index]!;
    let offset = 0;
    // `placed` is in the order of offsets: the first gap that is wide enough is the lowest.
    for (const other of placed) {
      if (!overlaps(lifetime, buffers[other]!.lifetime)) continue;
      if (offsets[other]! - offset >= bytes) break;
      offset = Math.max(offset, offsets[other]! + buffers[other]!.bytes);
    }
    offsets[index] = offset;
    total = Math.max(total, offset + bytes);
    const behind = placed.findIndex((other) => offsets[other]! > offset);
    placed.splice(behind < 0 ? placed.length : behind, 0, index);
  }
  return { offsets, bytes: total };
}

function overlaps(a: Lifetime, b: Lifetime): boolean {
  return a.first <= b.last && b.first <= a.last;
}
