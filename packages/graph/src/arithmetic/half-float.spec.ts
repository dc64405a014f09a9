// Halves against their definition: the borders of each kind of number, and all of them in order.
import { narrowHalf, widenHalf } from './half-float.js';

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

it('comes back from every number', () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = widenHalf(bits);
    expect(narrowHalf(value)).toBe(Number.isNaN(value) ? 0x7e00 : bits);
  }
});

it('goes to the nearest half, from the middle to the even one, up to infinity', () => {
  for (let bits = 0; bits < 0x7c00; bits++) {
    const [value, above] = [widenHalf(bits), bits === 0x7bff ? 65536 : widenHalf(bits + 1)];
    const middle = (value + above) / 2;
    const step = (above - value) / 2 ** 12;
    for (const [sign, negative] of [[1, 0] as const, [-1, 0x8000] as const]) {
      const rounded = [middle - step, middle, middle + step].map((x) => narrowHalf(sign * x) - negative);
      expect(rounded).toEqual([bits, bits % 2 === 0 ? bits : bits + 1, bits + 1]);
    }
  }
  expect([Infinity, -Infinity, 3e38, -0, 1e-45].map(narrowHalf)).toEqual([0x7c00, 0xfc00, 0x7c00, 0x8000, 0]);
});
