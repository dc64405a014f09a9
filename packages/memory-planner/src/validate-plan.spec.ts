// The validator must see every kind of fault: each case here is a broken plan.
import type { ArenaBuffer } from './arena-plan.js';
import { validatePlan } from './validate-plan.js';

const buffer = (tensor: number, bytes: number, firstStep: number, lastStep: number): ArenaBuffer => ({
  owner: { kind: 'tensor', tensor },
  bytes,
  firstStep,
  lastStep,
});
const buffers = [buffer(0, 32, 0, 1), buffer(1, 16, 1, 2), buffer(2, 32, 2, 3)];

describe('validatePlan', () => {
  it('accepts buffers that share memory only at different steps', () => {
    expect(validatePlan(buffers, { offsets: [0, 32, 0], bytes: 48 }, 16)).toEqual([]);
  });

  it('sees two live buffers overlap by a single alignment unit', () => {
    expect(validatePlan(buffers, { offsets: [0, 16, 32], bytes: 64 }, 16)).toEqual([
      'tensor 0 and tensor 1 overlap while both are live',
    ]);
  });

  it('sees an overlap at the one step that two buffers share', () => {
    expect(validatePlan(buffers, { offsets: [16, 0, 0], bytes: 48 }, 16)).toEqual([
      'tensor 1 and tensor 2 overlap while both are live',
    ]);
  });

  it('sees a buffer inside another', () => {
    const inner = [
      buffer(0, 64, 0, 4),
      { ...buffer(1, 16, 2, 2), owner: { kind: 'scratch', node: 1, position: 0 } as const },
    ];
    expect(validatePlan(inner, { offsets: [0, 32], bytes: 64 }, 16)).toEqual([
      'tensor 0 and scratch 0 of node 1 overlap while both are live',
    ]);
  });

  it('sees offsets that are not aligned, negative or beyond the arena', () => {
    expect(validatePlan(buffers, { offsets: [0, 40, 0], bytes: 56 }, 16)).toEqual([
      'tensor 1 at 40 is not aligned to 16',
    ]);
    expect(validatePlan([buffers[0]!], { offsets: [-16], bytes: 48 }, 16)).toEqual([
      'tensor 0 at -16..16 leaves the arena of 48 bytes',
    ]);
    expect(validatePlan([buffers[0]!], { offsets: [32], bytes: 48 }, 16)).toEqual([
      'tensor 0 at 32..64 leaves the arena of 48 bytes',
    ]);
  });

  it('sees a buffer without an offset', () => {
    expect(validatePlan(buffers, { offsets: [0, 32], bytes: 48 }, 16)).toEqual(['2 offsets for 3 buffers']);
  });
});
