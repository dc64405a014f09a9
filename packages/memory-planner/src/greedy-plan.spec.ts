// The runtime's own planner, worked by hand.
import type { ArenaBuffer } from './arena-plan.js';
import { greedyPlan } from './greedy-plan.js';

const buffer = (bytes: number, firstStep: number, lastStep: number): ArenaBuffer => ({
  owner: { kind: 'tensor', tensor: 0 },
  bytes,
  firstStep,
  lastStep,
});

describe('greedyPlan', () => {
  it('reuses the memory of a chain', () => {
    expect(greedyPlan([buffer(32, 0, 1), buffer(64, 1, 2), buffer(16, 2, 3)])).toEqual({
      offsets: [64, 0, 64],
      bytes: 96,
    });
  });

  it('fills the lowest gap that is large enough', () => {
    // 64 at 0, 48 above it, 32 above both; the last 16 fits where 64 is already gone.
    const plan = greedyPlan([buffer(64, 0, 1), buffer(48, 1, 3), buffer(32, 1, 2), buffer(16, 2, 3)]);
    expect(plan).toEqual({ offsets: [0, 64, 112, 0], bytes: 144 });
  });

  it('places the later of two equal buffers first', () => {
    expect(greedyPlan([buffer(32, 0, 1), buffer(32, 0, 1)])).toEqual({ offsets: [32, 0], bytes: 64 });
  });

  it('builds around fixed offsets, which it does not question', () => {
    const plan = greedyPlan([buffer(16, 0, 2), buffer(16, 0, 2), buffer(32, 0, 2)], [16, undefined, undefined]);
    expect(plan).toEqual({ offsets: [16, 0, 32], bytes: 64 });
  });

  it('needs nothing for no buffers', () => {
    expect(greedyPlan([])).toEqual({ offsets: [], bytes: 0 });
  });
});
