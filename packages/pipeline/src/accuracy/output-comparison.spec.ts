// The figures of the comparison, against sums done by hand.
import { OutputComparator } from './output-comparison.js';
import type { OutputTask } from './output-task.js';

function compared(
  pairs: readonly (readonly [readonly number[], readonly number[], number?])[],
  task: OutputTask = { kind: 'classes', classes: 2, labelled: true },
): OutputComparator['result'] {
  const comparator = new OutputComparator('y', task);
  for (const [expected, actual, label] of pairs) comparator.add(expected, actual, { label });
  return comparator.result;
}

it('gives the noise ratio, cosine and errors of all samples together', () => {
  const { samples, sqnrDb, cosine, greatestError, meanError } = compared([
    [
      [3, 4],
      [3, 3],
    ],
    [
      [0, 0],
      [0, 2],
    ],
  ]);
  expect(samples).toBe(2);
  expect(sqnrDb).toBeCloseTo(10 * Math.log10(25 / 5), 12);
  expect(cosine).toBeCloseTo(21 / Math.sqrt(25 * 22), 12);
  expect([greatestError, meanError]).toEqual([2, 0.75]);
});

it('calls equal outputs equal', () => {
  expect(
    compared([
      [
        [1, 2],
        [1, 2],
      ],
    ]),
  ).toMatchObject({ sqnrDb: Infinity, cosine: 1, greatestError: 0 });
});

it('counts the same class, of equal values the first, and the labels', () => {
  const { top1 } = compared([
    [[1, 1], [2, 2], 0],
    [[0, 1], [1, 0], 1],
    [
      [0, 1],
      [0, 1],
    ],
    [[1, 0], [0, 1], 0],
  ]);
  expect(top1).toMatchObject({ decisions: 4, agree: 2, labelled: 3, floatRight: 3, quantizedRight: 1 });
});

it('decides yes or no at the threshold, and ranks', () => {
  const binary = { kind: 'binary', threshold: 0.5, labelled: true } as const;
  const { threshold, task } = compared(
    [
      [[0.9], [0.6], 1],
      [[0.2], [0.1], 0],
      [[0.4], [0.7], 0],
      [[0.8], [0.3], 1],
    ],
    binary,
  );
  expect(task).toBe('binary');
  expect(threshold).toMatchObject({
    at: 0.5,
    decisions: 4,
    agree: 2,
    labelled: 4,
    floatRight: 4,
    quantizedRight: 2,
    floatAuc: 1,
    quantizedAuc: 0.5,
  });
  const linear = compared(
    [
      [[9], [8], 1],
      [[-4], [-5], 0],
    ],
    { ...binary, threshold: undefined },
  ).threshold;
  expect(linear).toMatchObject({ at: null, decisions: 0, labelled: 0, floatAuc: 1 });
  // Labels are there and were not taken for this output.
  expect(compared([[[0.9], [0.6], 7]], { ...binary, labelled: false }).threshold).toMatchObject({
    at: 0.5,
    decisions: 1,
    agree: 1,
    labelled: 0,
    floatRight: 0,
    quantizedRight: 0,
  });
});

it('decides every value of several on its own', () => {
  const comparator = new OutputComparator('y', { kind: 'multi-label', threshold: 0.5, labelled: true });
  comparator.add([0.9, 0.8, 0.1], [0.8, 0.9, 0.6], { target: [1, 1, 0] });
  comparator.add([0.9, 0.1, 0.1], [0.9, 0.1, 0.1], { target: [1, 0, 1] });
  expect(comparator.result.threshold).toMatchObject({
    at: 0.5,
    decisions: 6,
    agree: 5,
    labelled: 6,
    floatRight: 5,
    quantizedRight: 4,
  });
});

it('holds values against targets, each about its own mean', () => {
  const comparator = new OutputComparator('y', { kind: 'values', targets: true });
  comparator.add([1, 1000], [2, 1000], { target: [1, 1001] });
  comparator.add([3, 1003], [3, 1004], { target: [3, 1003] });
  const { targets } = comparator.result;
  expect(targets).toMatchObject({ values: 4, floatMae: 0.25, quantizedMae: 0.75, floatRmse: 0.5 });
  // Variance: 2 about 2, and 2 about 1002.
  expect(targets!.floatR2).toBeCloseTo(1 - 1 / 4, 12);
  expect(targets!.quantizedR2).toBeCloseTo(1 - 3 / 4, 12);
  expect(compared([[[1], [2]]], { kind: 'values', targets: true })).not.toHaveProperty('targets');
  expect(compared([[[1], [1], 5]], { kind: 'values', targets: true }).targets).toMatchObject({
    floatMae: 4,
    floatR2: null,
  });
});

it('decides row by row, and holds no label against a sample of several decisions', () => {
  const { top1 } = compared([[[0, 1, 5, 2, 1, 0], [0, 1, 2, 5, 3, 0], 1]]);
  expect(top1).toMatchObject({ decisions: 3, agree: 2, labelled: 0, floatRight: 0, quantizedRight: 0 });
});

it('holds the class of each place against its row of scores, and nothing against a place without', () => {
  const judged = (reading: 'class-map' | 'one-hot-map' | 'soft-map', target: readonly number[]) => {
    const comparator = new OutputComparator('y', { kind: 'classes', classes: 2, labelled: true, reading });
    comparator.add([0, 1, 5, 2, 1, 0], [0, 1, 2, 5, 3, 0], { target });
    return comparator.result;
  };
  const { top1, confusion } = judged('class-map', [1, 0, 1]);
  expect(top1).toMatchObject({ decisions: 3, agree: 2, labelled: 3, floatRight: 2, quantizedRight: 1 });
  expect(confusion).toEqual({ classes: 2, counts: [1, 0, 1, 1] });
  expect(judged('class-map', [255, 0, -1]).top1).toMatchObject({ labelled: 1, floatRight: 1, quantizedRight: 0 });
  expect(judged('one-hot-map', [0, 1, 1, 0, 0, 1]).top1).toEqual(top1);
  expect(judged('soft-map', [0.1, 0.9, 0.6, 0.4, 0.5, 0.5]).top1).toMatchObject({ labelled: 2, floatRight: 2 });
});
