// How far an output may reach into the memory of an input that it is computed from.
import type { AccessOrder, AccessStep } from './access-order.js';

/**
 * The greatest d such that an output that begins d bytes behind the beginning of the input at `position` (before it, where d
 * is negative) overwrites nothing that is still to be read: every byte that is written by then lies below all of those.
 */
export function trailingDistance(order: AccessOrder, position: number): number {
  const steps = [...order.steps()];
  let distance = Infinity;
  let needed = Infinity;
  for (const step of steps.reverse()) {
    const own = leastRead(step, position);
    const afterFirstWrite = step.readsFirst === true ? needed : Math.min(needed, own);
    if (step.writes !== null) distance = Math.min(distance, afterFirstWrite - step.writes[1]);
    needed = Math.min(needed, own);
  }
  return distance;
}

function leastRead({ reads }: AccessStep, position: number): number {
  return reads.reduce((least, range) => (range.position === position ? Math.min(least, range.from) : least), Infinity);
}
