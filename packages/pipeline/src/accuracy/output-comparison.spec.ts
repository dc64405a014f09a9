// The figures of the comparison, against sums done by hand.
import { OutputComparator } from './output-comparison.js';

function compared(
  pairs: readonly (readonly [readonly number[], readonly number[], number?])[],
  { classes }: { readonly classes?: number } = { classes: 2 },
): OutputComparator['result'] {
  const comparator = new OutputComparator('y', classes);
  for (const [expected, actual, label] of pairs) comparator.add(expected, actual, label);
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
  expect(top1).toEqual({ decisions: 4, agree: 2, labelled: 3, floatRight: 3, quantizedRight: 1 });
});

it('has no classes where there is one value', () => {
  expect(compared([[[1], [2], 0]], { classes: 1 })).not.toHaveProperty('top1');
});

it('counts classes without a softmax only where there are labels', () => {
  expect(
    compared(
      [
        [
          [0, 1],
          [0, 1],
        ],
      ],
      {},
    ),
  ).not.toHaveProperty('top1');
  expect(compared([[[0, 1], [0, 1], 1]], {}).top1).toMatchObject({ agree: 1, labelled: 1 });
});

it('decides row by row, and holds no label against a sample of several decisions', () => {
  const { top1 } = compared([[[0, 1, 5, 2, 1, 0], [0, 1, 2, 5, 3, 0], 1]]);
  expect(top1).toEqual({ decisions: 3, agree: 2, labelled: 0, floatRight: 0, quantizedRight: 0 });
});
