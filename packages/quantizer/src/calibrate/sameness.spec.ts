// Fingerprints: alike for the same numbers only, whichever way a zero is written.
import { fingerprint, Sameness } from './sameness.js';

it('tell values, places and lengths apart, but not the two zeros', () => {
  const one = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i + 1));
  const prints = new Set([fingerprint(one)]);
  for (let i = 0; i < 1000; i++)
    prints.add(fingerprint(one.map((value, at) => (at === i ? value * (1 + 2 ** -22) : value))));
  prints.add(fingerprint(one.subarray(1)));
  prints.add(fingerprint(one.map((_, i) => one[(i + 1) % 1000]!)));
  expect(prints.size).toBe(1003);
  // Of the values, wherever they lie.
  expect(fingerprint(one.subarray(1))).toBe(fingerprint(one.slice(1)));
  expect(fingerprint(Float32Array.of(0, 1))).toBe(fingerprint(Float32Array.of(-0, 1)));
  expect(fingerprint(Float32Array.of(0, 0))).not.toBe(fingerprint(Float32Array.of(0, 0, 0)));
  expect(fingerprint(Int32Array.of(3, 4))).not.toBe(fingerprint(Int32Array.of(4, 3)));
});

it('is that of all parts that have seen anything', () => {
  const part = (...entries: [number, string | null][]) => new Map(entries);
  expect([...Sameness.of([part([1, 'a'], [2, 'b'], [3, null]), part([1, 'a'], [2, 'c'], [3, 'd'])])]).toEqual([1]);
  expect([...Sameness.of([part([1, 'a']), part()])]).toEqual([1]);
  expect([...Sameness.of([])]).toEqual([]);
});
