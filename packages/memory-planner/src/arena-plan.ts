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

/** The end of the highest buffer. */
export function planBytes(buffers: readonly ArenaBuffer[], offsets: readonly number[]): number {
  return buffers.reduce((bytes, buffer, i) => Math.max(bytes, offsets[i]! + buffer.bytes), 0);
}

/** Calls `visit` for every buffer with those that begin no later and live when it begins: each pair that meets, once. */
export function forEachMeeting(
  buffers: readonly ArenaBuffer[],
  visit: (i: number, live: readonly number[]) => void,
): void {
  const order = buffers.map((_, i) => i).sort((a, b) => buffers[a]!.firstStep - buffers[b]!.firstStep || a - b);
  let live: number[] = [];
  for (const i of order) {
    live = live.filter((other) => buffers[other]!.lastStep >= buffers[i]!.firstStep);
    visit(i, live);
    live.push(i);
  }
}

/** The buffers that are live at a step. */
export function liveAt(buffers: readonly ArenaBuffer[], step: number): readonly ArenaBuffer[] {
  return buffers.filter(({ firstStep, lastStep }) => firstStep <= step && step <= lastStep);
}

/** The most bytes that are live at one step: no plan can be smaller. */
export function maxLiveBytes(buffers: readonly ArenaBuffer[]): number {
  let most = 0;
  forEachMeeting(buffers, (i, live) => {
    most = Math.max(
      most,
      live.reduce((sum, other) => sum + buffers[other]!.bytes, buffers[i]!.bytes),
    );
  });
  return most;
}
