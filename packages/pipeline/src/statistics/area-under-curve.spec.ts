// The area under the ROC curve, counted pair by pair.
import { areaOf, areaUnderCurve } from './area-under-curve.js';
import { midRanks } from './ranks.js';

/** Of all pairs of a 1 and a 0: how many the score puts right, equal ones counting half. */
function counted(labels: readonly number[], scores: readonly number[]): number {
  const of = (label: number): number[] => scores.filter((_, i) => labels[i] === label);
  const pairs = of(1).flatMap((one) => of(0).map((zero) => (one > zero ? 1 : one === zero ? 0.5 : 0)));
  return pairs.reduce((sum: number, each) => sum + each, 0) / pairs.length;
}

it.each([
  [[0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 0.75],
  [[1, 0], [0.9, 0.1], 1],
  [[1, 0], [0.1, 0.9], 0],
  [[1, 0, 1, 0], [7, 7, 7, 7], 0.5],
  [[0, 1, 1, 0, 1, 0], [1, 1, 2, 2, 2, 3], counted([0, 1, 1, 0, 1, 0], [1, 1, 2, 2, 2, 3])],
])('of labels %j and scores %j is %d', (labels, scores, area) => {
  expect(areaUnderCurve(labels, scores)).toBeCloseTo(area, 12);
  expect(counted(labels, scores)).toBeCloseTo(area, 12);
});

it('is none where one of the labels is missing', () => {
  expect([areaUnderCurve([1, 1], [1, 2]), areaUnderCurve([0], [1]), areaUnderCurve([], [])]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it('comes to an end with scores that are no numbers, and ranks those that have no end', () => {
  expect(midRanks([1, NaN, 0])).toHaveLength(3);
  expect(areaOf([1, 0], [NaN, 1])).toBeUndefined();
  expect(areaUnderCurve([1, 0, 1, 0], [Infinity, -Infinity, Infinity, Infinity])).toBe(0.75);
});
