// The fewest parts to raise, in a given order, so that something holds: by halving, and then by taking back what is not needed.
import type { MixedUnit } from './mixed-units.js';

/** Parts that are tried to do without in the end: the dearest first. */
const mostTakenBack = 6;

/**
 * Undefined where it does not hold with all of them raised. `holds` is asked about sets of parts, `order`: what gains most first.
 * With few parts raised it is taken to hold less than with many; what is returned was asked about itself.
 */
export async function leastRaised(
  order: readonly MixedUnit[],
  holds: (raised: readonly MixedUnit[]) => Promise<boolean>,
): Promise<readonly MixedUnit[] | undefined> {
  let [fails, works] = [0, order.length];
  if (!(await holds(order))) return undefined;
  while (works - fails > 1) {
    const middle = (fails + works) >> 1;
    if (await holds(order.slice(0, middle))) works = middle;
    else fails = middle;
  }
  let raised = order.slice(0, works);
  const dearest = [...raised].sort((a, b) => b.work - a.work).slice(0, mostTakenBack);
  for (const unit of dearest) {
    const without = raised.filter((other) => other !== unit);
    if (without.length > 0 && (await holds(without))) raised = without;
  }
  return raised;
}
