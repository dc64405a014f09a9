// Chance of differences, against figures done by hand.
import { noiseRatio, signTest } from './defaults-chance.mjs';

const ones = (...positions) => Array.from({ length: 20 }, (_, i) => (positions.includes(i) ? 1 : 0));

it('counts only the decisions in which two ways differ', () => {
  expect(signTest(ones(1, 2, 3), ones(1, 2, 3))).toEqual({ better: 0, worse: 0, p: 1 });
  const { better, worse, p } = signTest(ones(1, 9), ones(2, 3, 4, 5, 9));
  expect([better, worse]).toEqual([1, 4]);
  expect(p).toBeCloseTo((2 * (1 + 5)) / 32, 12);
  expect(signTest(ones(), ones(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)).p).toBeCloseTo(2 / 1024, 12);
});

it('knows a difference that a single sample makes', () => {
  const theirs = new Array(50).fill(1);
  const everywhere = noiseRatio(new Array(50).fill(2), theirs);
  expect(everywhere.db).toBeCloseTo(10 * Math.log10(2), 12);
  expect(everywhere.standardError).toBeCloseTo(0, 9);
  const once = noiseRatio(
    theirs.map((each, i) => (i === 7 ? 51 : each)),
    theirs,
  );
  expect(once.db).toBeCloseTo(10 * Math.log10(2), 12);
  expect(once.standardError).toBeGreaterThan(2.9);
});
