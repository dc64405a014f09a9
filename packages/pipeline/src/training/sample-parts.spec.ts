// Which samples a training does not see.
import { areHeldBack } from './sample-parts.js';

/** Samples held back of each kind. */
function heldBackOf(kinds: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {};
  areHeldBack(kinds).forEach((isBack, i) => (counts[kinds[i]!] = (counts[kinds[i]!] ?? 0) + (isBack ? 1 : 0)));
  return counts;
}

describe('of data that is sorted by class', () => {
  it('some of every class are held back, and most of every class are not', () => {
    const sorted = Array.from({ length: 400 }, (_, i) => Math.floor(i / 40));
    for (const count of Object.values(heldBackOf(sorted))) {
      expect(count).toBeGreaterThanOrEqual(6);
      expect(count).toBeLessThanOrEqual(9);
    }
  });
});

it('neighbours of one kind stay on one side, but at a few places', () => {
  const parts = areHeldBack(Array.from({ length: 320 }, () => 0));
  const changes = parts.filter((part, i) => i > 0 && part !== parts[i - 1]).length;
  expect(changes).toBe(6);
});

it.each([1, 2, 4, 5, 10])('some are held back of few samples of %i kinds that take turns', (count) => {
  const kinds = Array.from({ length: 20 }, (_, i) => i % count);
  const held = areHeldBack(kinds).filter(Boolean).length;
  expect(held).toBeGreaterThan(0);
  expect(held).toBeLessThanOrEqual(8);
});
