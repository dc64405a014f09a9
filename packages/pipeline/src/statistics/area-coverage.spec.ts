// How often intervals of areas hold what they are of: scores of two normal distributions, whose area is known.
import { areaDifference, areaInterval } from './area-under-curve.js';
import type { Units } from './sample-units.js';

const runs = 400;
/** Of nominal 95 %; so many runs find 93 % of them in fewer than 91 once in twenty. */
const least = 0.91;

function normals(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Each sample by itself. */
function unitsOf(count: number): Units {
  return { of: 'stretches', count, unitOf: Int32Array.from({ length: count }, (_, i) => i) };
}

// Of a shift between the labels: the distribution function of the normal at shift / sqrt(2), and with noise of 1 beside at shift / 2.
it.each([
  { shift: 4, each: 30, area: 0.997661, noisy: 0.97725 },
  { shift: 4, each: 100, area: 0.997661, noisy: 0.97725 },
  { shift: 3.5, each: 50, area: 0.993336, noisy: 0.959941 },
  { shift: 3, each: 50, area: 0.983053, noisy: 0.933193 },
  { shift: 2, each: 50, area: 0.92135, noisy: 0.841345 },
  { shift: 2, each: 20, area: 0.92135, noisy: 0.841345 },
])('holds $area of $each of each label, and what noise takes of it', ({ shift, each, area, noisy }) => {
  const normal = normals(each + shift);
  const units = unitsOf(2 * each);
  let [held, heldDifference] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const labels = Array.from({ length: 2 * each }, (_, i) => i % 2);
    const first = labels.map((label) => shift * label + normal());
    const second = first.map((score) => score + normal());
    const { low, high } = areaInterval(labels, first, units)!;
    if (low <= area && area <= high) held += 1;
    const difference = areaDifference(labels, { first, second }, units)!;
    if (difference.low <= noisy - area && noisy - area <= difference.high) heldDifference += 1;
  }
  expect(held / runs).toBeGreaterThanOrEqual(0.93);
  expect(heldDifference / runs).toBeGreaterThanOrEqual(least);
});

it('says of a ranking with one pair out of place next to what it says of one without', () => {
  const labels = Array.from({ length: 60 }, (_, i) => (i < 30 ? 0 : 1));
  const without = labels.map((_, i) => i);
  const [clean, faulty] = [without, without.with(30, 28.5)].map((scores) => areaInterval(labels, scores, unitsOf(60))!);
  expect(clean!.high).toBe(1);
  expect(Math.abs(clean!.low - faulty!.low)).toBeLessThan(0.01);
  expect(clean!.low).toBeLessThan(0.97);
});

it('is undefined where chance has nothing to show', () => {
  const one = { of: 'recordings', count: 1, unitOf: Int32Array.of(0, 0, 0, 0) } as const;
  expect(areaInterval([0, 1, 0, 1], [1, 2, 3, 4], one)).toBeUndefined();
  expect(areaInterval([0, 0], [1, 2], unitsOf(2))).toBeUndefined();
});
