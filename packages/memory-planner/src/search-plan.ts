// Looks for a smaller plan than the greedy one, within a number of steps that does not depend on the machine.
import { maxLiveBytes, planBytes, type ArenaBuffer, type ArenaPlan } from './arena-plan.js';
import { placeInOrder } from './greedy-plan.js';

export interface SearchResult {
  readonly plan: ArenaPlan;
  /** No plan can be smaller: the bound is met, or every plan was looked at. */
  readonly optimal: boolean;
}

/** Placements tried before the search gives up; about a tenth of a second for a hundred buffers. */
export const defaultSearchSteps = 20_000;

/**
 * Quick orders first; if none meets the lower bound (most bytes live at once), a depth-first search over the orders in
 * which buffers are set down on those that are already there, with offsets that never fall. That misses no optimum: take,
 * of the smallest plans, the one with the least sum of offsets and set its buffers down by offset. Each rests on a lower
 * one, or it could sink; and none could have been put wholly below the last one, or it would stand there.
 *
 * @param start a sound plan to better
 */
export function searchPlan(
  buffers: readonly ArenaBuffer[],
  start: ArenaPlan,
  steps: number = defaultSearchSteps,
): SearchResult {
  const bound = maxLiveBytes(buffers);
  let best = start;
  for (const order of quickOrders(buffers)) {
    if (best.bytes === bound) break;
    const plan = placeInOrder(buffers, order);
    if (plan.bytes < best.bytes) best = plan;
  }
  if (best.bytes === bound) return { plan: best, optimal: true };
  // Every level of the search tries all that is left: with too many buffers not even one plan would be finished.
  if ((buffers.length * (buffers.length + 1)) / 2 > steps) return { plan: best, optimal: false };
  return searchOrders(buffers, best, bound, steps);
}

function quickOrders(buffers: readonly ArenaBuffer[]): readonly (readonly number[])[] {
  const span = (b: ArenaBuffer): number => b.lastStep - b.firstStep + 1;
  const keys: readonly ((b: ArenaBuffer) => number)[] = [
    (b) => -b.bytes * span(b),
    (b) => -span(b),
    (b) => b.firstStep,
    (b) => -b.lastStep,
  ];
  return keys.map((key) =>
    buffers
      .map((_, i) => i)
      .sort((a, b) => key(buffers[a]!) - key(buffers[b]!) || buffers[b]!.bytes - buffers[a]!.bytes || a - b),
  );
}

function searchOrders(buffers: readonly ArenaBuffer[], start: ArenaPlan, bound: number, steps: number): SearchResult {
  let best = start;
  let left = steps;
  const offsets = buffers.map(() => 0);
  const ranges = stepRanges(buffers);
  /** Per step: the end of the highest buffer placed, and the bytes that are still to be placed above it. */
  const tops = new Array<number>(ranges.steps).fill(0);
  const loads = new Array<number>(ranges.steps).fill(0);
  buffers.forEach(({ bytes }, i) => ranges.visit(i, (step) => (loads[step]! += bytes)));
  const unplaced = new Set(buffers.map((_, i) => i).sort((a, b) => buffers[b]!.bytes - buffers[a]!.bytes || a - b));

  const descend = (floor: number): void => {
    if (unplaced.size === 0) {
      best = { offsets: [...offsets], bytes: planBytes(buffers, offsets) };
      return;
    }
    // What is left at a step stands above both the floor and what is already there.
    if (loads.some((load, step) => load > 0 && Math.max(floor, tops[step]!) + load >= best.bytes)) return;
    const choices = [...unplaced].map((i) => ({ i, at: ranges.highest(i, tops), bytes: buffers[i]!.bytes }));
    left -= choices.length;
    const lowestEnd = Math.min(...choices.map(({ at, bytes }) => at + bytes));
    for (const { i, at, bytes } of choices
      .filter((choice) => choice.at >= floor && choice.at < lowestEnd)
      .sort((a, b) => a.at - b.at)) {
      if (left <= 0 || best.bytes === bound) return;
      const covered = ranges.visit(i, (step) => tops[step]!);
      ranges.visit(i, (step) => (loads[step]! -= bytes));
      ranges.visit(i, (step) => (tops[step] = at + bytes));
      offsets[i] = at;
      unplaced.delete(i);
      descend(at);
      unplaced.add(i);
      ranges.visit(i, (step, n) => (tops[step] = covered[n]!));
      ranges.visit(i, (step) => (loads[step]! += bytes));
    }
  };
  descend(0);
  return { plan: best, optimal: best.bytes === bound || left > 0 };
}

interface StepRanges {
  readonly steps: number;
  /** Calls `act` for every step of buffer `i`; `n` counts them. */
  visit<T>(i: number, act: (step: number, n: number) => T): readonly T[];
  highest(i: number, tops: readonly number[]): number;
}

/** Only steps at which a buffer begins matter: what meets at any step meets at one of these. */
function stepRanges(buffers: readonly ArenaBuffer[]): StepRanges {
  const starts = [...new Set(buffers.map(({ firstStep }) => firstStep))];
  const own = buffers.map((b) =>
    starts.flatMap((step, index) => (b.firstStep <= step && step <= b.lastStep ? [index] : [])),
  );
  return {
    steps: starts.length,
    visit: (i, act) => own[i]!.map(act),
    highest: (i, tops) => own[i]!.reduce((highest, step) => Math.max(highest, tops[step]!), 0),
  };
}
