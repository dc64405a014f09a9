// The search against an exhaustive one on small cases, and against the bounds on larger ones.
import { maxLiveBytes, type ArenaBuffer } from './arena-plan.js';
import { greedyPlan } from './greedy-plan.js';
import { Placement } from './placement.js';
import { searchPlan } from './search-plan.js';
import { validatePlan } from './validate-plan.js';

/** Numerical Recipes' linear congruential generator: the cases are the same on every machine. */
function randomIntegers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomBuffers(seed: number, count: number, steps: number): readonly ArenaBuffer[] {
  const random = randomIntegers(seed);
  return Array.from({ length: count }, (_, tensor) => {
    const firstStep = random(steps);
    return {
      owner: { kind: 'tensor', tensor },
      bytes: 16 * (1 + random(12)),
      firstStep,
      lastStep: Math.min(steps - 1, firstStep + random(4)),
    };
  });
}

/** Every order of placement, each buffer into its lowest gap: the smallest of these is the optimum. */
function exhaustive(buffers: readonly ArenaBuffer[]): number {
  let best = Infinity;
  const place = (order: readonly number[]): void => {
    const placement = new Placement(buffers);
    let top = 0;
    for (const i of order) {
      const at = placement.lowestGap(i);
      placement.put(i, at);
      top = Math.max(top, at + buffers[i]!.bytes);
    }
    if (top >= best) return;
    if (order.length === buffers.length) best = top;
    else buffers.forEach((_, i) => order.includes(i) || place([...order, i]));
  };
  place([]);
  return best;
}

describe('searchPlan', () => {
  it('finds the optimum that an exhaustive search finds', () => {
    let greedyMisses = 0;
    for (let seed = 0; seed < 120; seed++) {
      const buffers = randomBuffers(seed, 6, 6);
      const greedy = greedyPlan(buffers);
      const { plan, optimal } = searchPlan(buffers, greedy);
      expect({ seed, bytes: plan.bytes, optimal }).toEqual({ seed, bytes: exhaustive(buffers), optimal: true });
      if (plan.bytes < greedy.bytes) greedyMisses++;
    }
    expect(greedyMisses).toBeGreaterThan(5);
  });

  it('finds an optimum above the lower bound, and says that it is one', () => {
    const rows = [
      [0, 2, 3],
      [0, 1, 3],
      [2, 3, 2],
      [2, 4, 1],
      [3, 3, 2],
      [3, 4, 1],
      [4, 5, 3],
      [4, 5, 1],
      [5, 5, 2],
    ] as const;
    const buffers = rows.map(([firstStep, lastStep, units], tensor): ArenaBuffer => ({
      owner: { kind: 'tensor', tensor },
      bytes: units * 16,
      firstStep,
      lastStep,
    }));
    expect(maxLiveBytes(buffers)).toBe(96);
    expect(exhaustive(buffers)).toBe(112);
    const found = searchPlan(buffers, greedyPlan(buffers));
    expect({ bytes: found.plan.bytes, optimal: found.optimal }).toEqual({ bytes: 112, optimal: true });
    expect(searchPlan(buffers, greedyPlan(buffers), 20).optimal).toBe(false);
  });

  it('is sound, between the lower bound and the greedy plan, and never past its budget', () => {
    for (let seed = 0; seed < 60; seed++) {
      const buffers = randomBuffers(seed, 10 + (seed % 50), 20);
      const greedy = greedyPlan(buffers);
      const { plan } = searchPlan(buffers, greedy, 2000);
      expect(validatePlan(buffers, plan, 16)).toEqual([]);
      expect(validatePlan(buffers, greedy, 16)).toEqual([]);
      expect(plan.bytes).toBeLessThanOrEqual(greedy.bytes);
      expect(plan.bytes).toBeGreaterThanOrEqual(maxLiveBytes(buffers));
      expect(greedy.bytes).toBeLessThanOrEqual(buffers.reduce((sum, { bytes }) => sum + bytes, 0));
    }
  });

  it('gives the same plan every time', () => {
    const buffers = randomBuffers(7, 40, 15);
    const start = greedyPlan(buffers);
    expect(searchPlan(buffers, start, 500)).toEqual(searchPlan(buffers, start, 500));
  });
});
