// Stuffing: examples of the paper's form, round trips at every length around a full run, and what is no stuffing.
import { stuff, stuffedBytes, unstuff } from './cobs.js';
import { randomBytes, randomNumbers } from './testing/random-bytes.js';

const plainOf = (stuffed: Uint8Array): Uint8Array | null => {
  const plain = new Uint8Array(stuffed.length);
  const length = unstuff(stuffed, stuffed.length, plain);
  return length < 0 ? null : plain.subarray(0, length);
};
const counting = (length: number): number[] => Array.from({ length }, (_, i) => (i % 255) + 1);

it.each([
  ['nothing', [], [1]],
  ['a zero', [0], [1, 1]],
  ['zeros at both ends', [0, 7, 0], [1, 2, 7, 1]],
  ['a zero between', [0x11, 0x22, 0, 0x33], [3, 0x11, 0x22, 2, 0x33]],
  ['a run that fills up at the end', counting(254), [255, ...counting(254)]],
  ['a run that fills up, and a zero', [...counting(254), 0], [255, ...counting(254), 1, 1]],
  ['a run that fills up, and more', [...counting(254), 9], [255, ...counting(254), 2, 9]],
])('stuffs %s', (_, plain, stuffed) => {
  expect([...stuff(Uint8Array.from(plain))]).toEqual(stuffed);
  expect([...plainOf(Uint8Array.from(stuffed))!]).toEqual(plain);
});

it('brings back what it was given, without a zero on the way and within its bound', () => {
  const random = randomNumbers(1);
  for (let length = 0; length < 1100; length++) {
    for (const bound of [2, 256]) {
      const plain = randomBytes(random, length, bound);
      const stuffed = stuff(plain);
      expect(stuffed.includes(0)).toBe(false);
      expect(stuffed.length).toBeLessThanOrEqual(stuffedBytes(length));
      expect(Buffer.compare(plainOf(stuffed)!, plain)).toBe(0);
    }
    const full = plainRun(length);
    expect(Buffer.compare(plainOf(stuff(full))!, full)).toBe(0);
  }
});

it.each([
  ['nothing', []],
  ['a run longer than what is there', [5, 1, 2]],
  ['a zero in the place of a length', [2, 1, 0]],
])('takes %s for no stuffing', (_, bytes) => {
  expect(plainOf(Uint8Array.from(bytes))).toBeNull();
});

function plainRun(length: number): Uint8Array {
  return new Uint8Array(length).fill(255);
}
