// Every half there is goes there and back; what lies between two goes to the nearer, and halves to the even one.
import { narrowToHalf, widenHalf } from './half-float.js';

const bits = Array.from({ length: 65536 }, (_, i) => i);

it('gives every half back', () => {
  const wrong = bits.filter((half) => !Number.isNaN(widenHalf(half)) && narrowToHalf(widenHalf(half)) !== half);
  expect(wrong).toEqual([]);
  expect(bits.filter((half) => Number.isNaN(widenHalf(half)))).toHaveLength(2 * 1023);
  expect(Number.isNaN(widenHalf(narrowToHalf(NaN)))).toBe(true);
});

it('rounds what lies between two neighbours to the nearer, and the middle to the even one', () => {
  const wrong = bits.slice(0, 0x7bff).filter((half) => {
    const [below, above] = [widenHalf(half), widenHalf(half + 1)];
    const middle = (below + above) / 2;
    const step = (above - below) / 1024;
    return (
      narrowToHalf(middle - step) !== half ||
      narrowToHalf(middle + step) !== half + 1 ||
      narrowToHalf(middle) !== (half % 2 === 0 ? half : half + 1)
    );
  });
  expect(wrong).toEqual([]);
});

it.each([
  [65519.99, 0x7bff],
  [65520, 0x7c00],
  [-1e30, 0xfc00],
  [-0, 0x8000],
  [2 ** -25, 0],
  [2 ** -25 * 1.001, 1],
  [1, 0x3c00],
])('makes %d %d', (value, half) => {
  expect(narrowToHalf(value)).toBe(half);
});
