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

/** Whether an output that begins where the input at `position` does overwrites nothing that is still to be read. */
export function fitsInPlace(order: AccessOrder, position: number): boolean {
  const needed = new Set<number>();
  const need = ({ reads }: AccessStep): void => {
    for (const range of reads)
      if (range.position === position) for (let at = range.from; at < range.to; at++) needed.add(at);
  };
  for (const step of [...order.steps()].reverse()) {
    if (step.readsFirst !== true) need(step);
    if (step.writes !== null) for (let at = step.writes[0]; at < step.writes[1]; at++) if (needed.has(at)) return false;
    need(step);
  }
  return true;
}

function leastRead({ reads }: AccessStep, position: number): number {
  return reads.reduce((least, range) => (range.position === position ? Math.min(least, range.from) : least), Infinity);
}
