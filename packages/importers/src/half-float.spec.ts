// Halves against their definition: the borders of each kind of number, and all of them in order.
import { widenHalf } from './half-float.js';

it.each([
  [0x0000, 0],
  [0x0001, 2 ** -24],
  [0x03ff, 1023 * 2 ** -24],
  [0x0400, 2 ** -14],
  [0x3c00, 1],
  [0x3555, 0.333251953125],
  [0x7bff, 65504],
  [0x7c00, Infinity],
  [0x7e00, NaN],
  [0xc000, -2],
  [0x8001, -(2 ** -24)],
  [0xfc00, -Infinity],
])('%d is %d', (bits, value) => {
  expect(widenHalf(bits)).toBe(value);
});

it('steps evenly within each power of two, and never back', () => {
  for (let bits = 1; bits < 0x7c00; bits++) {
    const step = widenHalf(bits) - widenHalf(bits - 1);
    expect(step).toBe(2 ** (Math.max(1, (bits - 1) >> 10) - 25));
  }
});
