// The plan that TensorFlow Lite Micro makes on the device: largest buffer first, each into the lowest gap.
import { liveTogether, planBytes, type ArenaBuffer, type ArenaPlan } from './arena-plan.js';

/**
 * Places buffers as the runtime's GreedyMemoryPlanner does, ties included: it fills its list from the back before a stable
 * sort by size, so that of two equal buffers the later one comes first.
 *
 * @param fixed an offset, or undefined, for each buffer; fixed ones are placed before the others and never questioned
 */
export function greedyPlan(buffers: readonly ArenaBuffer[], fixed: readonly (number | undefined)[] = []): ArenaPlan {
  const offsets = buffers.map((_, i) => fixed[i] ?? 0);
  const placed = buffers.flatMap((_, i) => (fixed[i] === undefined ? [] : [i]));
  const order = buffers.flatMap((_, i) => (fixed[i] === undefined ? [i] : [])).reverse();
  order.sort((a, b) => buffers[b]!.bytes - buffers[a]!.bytes);
  for (const i of order) {
    offsets[i] = lowestGap(buffers, offsets, placed, i);
    placed.push(i);
  }
  return { offsets, bytes: planBytes(buffers, offsets) };
}

/** The lowest offset at which buffer `i` meets none of the `placed` ones that live at the same time. */
export function lowestGap(
  buffers: readonly ArenaBuffer[], offsets: readonly number[], placed: readonly number[], i: number,
): number {
  const buffer = buffers[i]!;
  const neighbours = placed.filter((other) => liveTogether(buffers[other]!, buffer));
  neighbours.sort((a, b) => offsets[a]! - offsets[b]!);
  let offset = 0;
  for (const other of neighbours) {
    if (offsets[other]! - offset >= buffer.bytes) break;
    offset = Math.max(offset, offsets[other]! + buffers[other]!.bytes);
  }
  return offset;
}
