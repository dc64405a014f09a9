// Fixed-point functions against the real ones; their last bits are held by the recorded answers.
import { expOnNegative, fixedPointLogistic, fixedPointTanh, reciprocalOfOnePlus } from './fixed-point-functions.js';

const q0 = 2 ** 31;
const q4 = 2 ** 27;

it('stays close to the real functions', () => {
  for (let x = -14.9; x < 15; x += 0.37) {
    const raw = Math.round(x * q4);
    expect(fixedPointTanh(raw) / q0).toBeCloseTo(Math.tanh(x), 6);
    expect(fixedPointLogistic(raw) / q0).toBeCloseTo(1 / (1 + Math.exp(-x)), 6);
    expect(expOnNegative(-Math.abs(raw), 4) / q0).toBeCloseTo(Math.exp(-Math.abs(x)), 6);
  }
});

it('inverts', () => {
  for (const a of [0, 0.25, 0.5, 0.999])
    expect(reciprocalOfOnePlus(Math.round(a * q0)) / q0).toBeCloseTo(1 / (1 + a), 6);
});

it('takes the greatest int32 for 1', () => {
  expect(expOnNegative(0, 5)).toBe(2147483647);
  expect(fixedPointTanh(0)).toBe(0);
  expect(fixedPointLogistic(0)).toBe(1073741824);
});
