// Which samples a training does not see.
import { samplePartsOf } from './sample-parts.js';

const held = ['stops', 'judges'] as const;

function countOf(kinds: readonly number[], part: (typeof held)[number], kind?: number): number {
  return samplePartsOf(kinds).filter((own, i) => own === part && (kind === undefined || kinds[i] === kind)).length;
}

it.each(held)('of data that is sorted by class some of every class are in what %s, and not many', (part) => {
  const sorted = Array.from({ length: 400 }, (_, i) => Math.floor(i / 40));
  for (let kind = 0; kind < 10; kind++) {
    expect(countOf(sorted, part, kind)).toBeGreaterThanOrEqual(4);
    expect(countOf(sorted, part, kind)).toBeLessThanOrEqual(6);
  }
});

it('neighbours of one kind stay on one side, but at a few places', () => {
  const parts = samplePartsOf(Array.from({ length: 320 }, () => 0));
  const changes = parts.filter((part, i) => i > 0 && part !== parts[i - 1]).length;
  expect(changes).toBe(8);
});

it.each([1, 2, 4, 5, 10])('of few samples of %i kinds that take turns there are some for everything', (count) => {
  const kinds = Array.from({ length: 20 }, (_, i) => i % count);
  const [stops, judges] = held.map((part) => countOf(kinds, part));
  expect(Math.min(stops!, judges!)).toBeGreaterThan(0);
  expect(stops! + judges!).toBeLessThanOrEqual(8);
});
