// The scaling of 64-bit accumulators against the formula in big integers.
import { quantizeMultiplier } from './fixed-point.js';
import { multiplyByReducedMultiplier, multiplyLongByReducedMultiplier, reducedMultiplier } from './wide-fixed-point.js';

/** floor(x * multiplier / 2^bits + 1/2), as 32 bits. */
function formula(x: bigint, multiplier: number, shift: number): number {
  const bits = BigInt(15 - shift);
  return Number(BigInt.asIntN(32, (x * BigInt(multiplier) + (1n << (bits - 1n))) >> bits));
}

it('rounds the multiplier to 15 bits and holds it there', () => {
  expect(reducedMultiplier({ multiplier: 1 << 30, shift: 0 })).toBe(16384);
  expect(reducedMultiplier({ multiplier: (1 << 30) + 32767, shift: 0 })).toBe(16384);
  expect(reducedMultiplier({ multiplier: (1 << 30) + 32768, shift: 0 })).toBe(16385);
  expect(reducedMultiplier({ multiplier: 0x7fffffff, shift: 0 })).toBe(32767);
});

it('equals the formula on both sides of what a product in doubles holds, halves going up', () => {
  for (const scale of [0.5, 0.75, 1e-3, 2 ** -20, 0.99999, 1.7e-7, 3.3]) {
    const { multiplier, shift } = quantizeMultiplier(scale);
    const reduced = reducedMultiplier({ multiplier, shift });
    for (const size of [0, 1, 3, 255, 65_535, 2 ** 31, 2 ** 37 - 1, 2 ** 37, 2 ** 37 + 1, 2 ** 46 - 3]) {
      for (const x of [size, -size]) {
        const wanted = formula(BigInt(x), reduced, shift);
        expect([scale, x, multiplyByReducedMultiplier(x, reduced, shift)]).toEqual([scale, x, wanted]);
        expect([scale, x, multiplyLongByReducedMultiplier(BigInt(x), reduced, shift)]).toEqual([scale, x, wanted]);
      }
    }
  }
});

it('takes an accumulator that no double holds', () => {
  const { multiplier, shift } = quantizeMultiplier(2 ** -40);
  expect({ multiplier, shift }).toEqual({ multiplier: 0, shift: 0 });
  const { shift: least } = quantizeMultiplier(2 ** -31);
  expect(multiplyLongByReducedMultiplier(2n ** 46n + 1n, 16384, least)).toBe(2 ** 15);
});
