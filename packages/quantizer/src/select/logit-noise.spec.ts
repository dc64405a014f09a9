// Which differences of logits count: those near the decision, however certain it is.
import { logitNoise } from './logit-noise.js';

const noise = (expected: readonly number[], actual: readonly number[], beta = 1): number =>
  logitNoise(Float32Array.from(expected), Float32Array.from(actual), expected.length, beta);

it('counts nothing that lies 8 below the second best, wherever it lies', () => {
  expect(noise([40, 0, -20], [40, 0, -50])).toBeCloseTo(0, 9);
  expect(noise([2, 0, -9], [2, 0, -30])).toBeCloseTo(0, 9);
  expect(noise([40, 0, -4], [40, 0, -6])).toBeGreaterThan(0.1);
  expect(noise([40, 0, -20], [40, 0, -2])).toBeGreaterThan(1);
});

it('counts the gap of a certain decision as much as that of a doubtful one', () => {
  const gaps = [4, 12, 40, 100].map((gap) => noise([gap, 0], [gap + 0.1, 0]));
  for (const each of gaps) expect(each / gaps[0]!).toBeCloseTo(1, 1);
});

it('grows with the square of the difference, and not with a shift of all', () => {
  expect(noise([3, 1, 0], [3.2, 1, 0]) / noise([3, 1, 0], [3.1, 1, 0])).toBeCloseTo(4, 0);
  expect(noise([3, 1, 0], [5, 3, 2])).toBeCloseTo(0, 9);
});

it('sums over rows, and takes one logit against a threshold of 0', () => {
  const one = logitNoise(Float32Array.of(3), Float32Array.of(3.5), 1, 1);
  expect(one).toBeCloseTo(noise([3, 0], [3.5, 0]), 12);
  expect(logitNoise(Float32Array.of(3, 0, 1, 0), Float32Array.of(3.5, 0, 2, 0), 2, 1)).toBeCloseTo(
    noise([3, 0], [3.5, 0]) + noise([1, 0], [2, 0]),
    12,
  );
});
