// The plan that TensorFlow Lite Micro makes on the device: largest buffer first, each into the lowest gap.
import { planBytes, type ArenaBuffer, type ArenaPlan } from './arena-plan.js';
import { Placement } from './placement.js';

/**
 * Places buffers as the runtime's GreedyMemoryPlanner does, ties included: it fills its list from the back before a stable
 * sort by size, so that of two equal buffers the later one comes first.
 *
 * @param fixed an offset, or undefined, for each buffer; fixed ones are placed before the others and never questioned
 */
export function greedyPlan(buffers: readonly ArenaBuffer[], fixed: readonly (number | undefined)[] = []): ArenaPlan {
  const placement = new Placement(buffers);
  const order: number[] = [];
  buffers.forEach((_, i) => {
    const offset = fixed[i];
    if (offset === undefined) order.push(i);
    else placement.put(i, offset);
  });
  order.reverse().sort((a, b) => buffers[b]!.bytes - buffers[a]!.bytes);
  return placeInOrder(buffers, order, placement);
}

/** Puts the buffers of `order`, one after the other, into their lowest gaps. */
export function placeInOrder(
  buffers: readonly ArenaBuffer[],
  order: readonly number[],
  placement: Placement = new Placement(buffers),
): ArenaPlan {
  for (const i of order) placement.put(i, placement.lowestGap(i));
  const { offsets } = placement;
  return { offsets, bytes: planBytes(buffers, offsets) };
}
