// The integer scaling against its definition in exact whole numbers.
import {
  multiplyByQuantizedMultiplier,
  quantizeMultiplier,
  roundingDivideByPowerOfTwo,
  roundingDoublingHighMultiply,
} from './fixed-point.js';

/** Numbers spread over the int32 range, small ones and the borders of the fast path included. */
function* int32Samples(): Generator<number> {
  for (const edge of [0, 1, 255, 32767, 4194303, 4194304, 2147483647]) yield* [edge, -edge];
  for (let state = 1, n = 0; n < 2000; n++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    yield state >> (n % 31);
  }
}

it('equals the definition of the high multiply in whole numbers', () => {
  for (const a of int32Samples()) {
    for (const b of [0, 1073741824, 1234567891, 2147483647, -1010580540]) {
      expect(roundingDoublingHighMultiply(a, b)).toBe(Number((BigInt(a) * BigInt(b) + (1n << 30n)) >> 31n));
    }
  }
});

it('rounds divisions half away from zero', () => {
  expect([5, 6, 7, -5, -6, -7].map((x) => roundingDivideByPowerOfTwo(x, 2))).toEqual([1, 2, 2, -1, -2, -2]);
  expect(roundingDivideByPowerOfTwo(-2147483648, 31)).toBe(-1);
});

it('splits scales into a mantissa of 31 bits and a power of two', () => {
  expect(quantizeMultiplier(0.5)).toEqual({ multiplier: 1073741824, shift: 0 });
  expect(quantizeMultiplier(3)).toEqual({ multiplier: 1610612736, shift: 2 });
  expect(quantizeMultiplier(1 - 2 ** -40)).toEqual({ multiplier: 1073741824, shift: 1 });
  expect(quantizeMultiplier(2 ** -40)).toEqual({ multiplier: 0, shift: 0 });
  expect(quantizeMultiplier(0)).toEqual({ multiplier: 0, shift: 0 });
});

it('rounds twice or once', () => {
  // 11 * 0.5 * 2^-2 = 1.375: twice rounded 5.5 -> 6 -> 1.5 -> 2, once 1.
  expect(multiplyByQuantizedMultiplier(11, 1073741824, -2, 'double')).toBe(2);
  expect(multiplyByQuantizedMultiplier(11, 1073741824, -2, 'single')).toBe(1);
});

it('equals the definition of the single rounding in whole numbers', () => {
  for (const x of int32Samples()) {
    for (const shift of [-20, -9, 0, 3]) {
      const total = BigInt(31 - shift);
      const exact = (BigInt(x) * 1234567891n + (1n << (total - 1n))) >> total;
      const held = exact > 2147483647n ? 2147483647n : exact < -2147483648n ? -2147483648n : exact;
      expect(multiplyByQuantizedMultiplier(x, 1234567891, shift, 'single')).toBe(Number(held));
    }
  }
});
