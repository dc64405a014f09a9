// The values of arena planning: what needs memory when, and where it was put.
import type { TensorId } from '@wherry/graph';

/** Who owns a buffer: a tensor of the graph, or one of the scratch buffers that a node's kernel asks for. */
export type BufferOwner =
  | { readonly kind: 'tensor'; readonly tensor: TensorId }
  | { readonly kind: 'scratch'; readonly node: number; readonly position: number };

/**
 * A block of memory and the steps at which it must be left alone. Step 0 is the call of the interpreter, step i + 1 the
 * run of node i; both ends are included.
 */
export interface ArenaBuffer {
  readonly owner: BufferOwner;
  /** Rounded up to the arena's alignment. */
  readonly bytes: number;
  readonly firstStep: number;
  readonly lastStep: number;
}

/** Offsets in bytes, one per buffer in the order of the buffers, and the bytes up to the end of the highest. */
export interface ArenaPlan {
  readonly offsets: readonly number[];
  readonly bytes: number;
}

export function liveTogether(a: ArenaBuffer, b: ArenaBuffer): boolean {
  return a.firstStep <= b.lastStep && b.firstStep <= a.lastStep;
}

/** The end of the highest buffer. */
export function planBytes(buffers: readonly ArenaBuffer[], offsets: readonly number[]): number {
  return buffers.reduce((bytes, buffer, i) => Math.max(bytes, offsets[i]! + buffer.bytes), 0);
}

/** The most bytes that are live at one step: no plan can be smaller. */
export function maxLiveBytes(buffers: readonly ArenaBuffer[]): number {
  const starts = new Set(buffers.map((buffer) => buffer.firstStep));
  let most = 0;
  for (const step of starts) {
    const live = buffers.filter((buffer) => buffer.firstStep <= step && step <= buffer.lastStep);
    most = Math.max(most, live.reduce((sum, buffer) => sum + buffer.bytes, 0));
  }
  return most;
}
