// Other numberings of classes: found where they are clear, and never made of chance.
import { confirmsNumbering, otherNumbering } from './class-numbering.js';

const confusion = (...rows: number[][]) => ({ classes: rows.length, counts: rows.flat() });

it('finds an exchange of two among many', () => {
  expect(otherNumbering(confusion([20, 0, 0, 0], [1, 0, 18, 1], [0, 19, 1, 0], [0, 0, 0, 20]))).toEqual({
    classOf: [0, 2, 1, 3],
    right: 77,
  });
});

it('finds a shift, also of labels that are not all there', () => {
  expect(otherNumbering(confusion([0, 0, 20], [20, 0, 0], [0, 20, 0]))).toEqual({ classOf: [2, 0, 1], right: 60 });
  expect(otherNumbering(confusion([0, 0, 0], [20, 0, 0], [0, 20, 0]))).toEqual({ classOf: [2, 0, 1], right: 40 });
});

it.each([
  ['what is right', confusion([20, 1], [2, 20])],
  ['a model that takes one class for another', confusion([2, 18, 0], [0, 20, 0], [0, 0, 20])],
  ['chance', confusion([14, 13, 13], [12, 14, 14], [15, 13, 12])],
  ['a label that is given two classes alike', confusion([5, 8, 0], [20, 0, 0], [0, 0, 0])],
  ['few samples', confusion([0, 2], [2, 0])],
  ['what fits fewer than half of the samples', confusion([4, 9, 8], [9, 4, 8], [8, 8, 9])],
])('finds none in %s', (_, counts) => expect(otherNumbering(counts)).toBeUndefined());

it('confirms a numbering only with samples of every class', () => {
  expect(confirmsNumbering(confusion([9, 1], [3, 7]))).toBe(true);
  expect(confirmsNumbering(confusion([9, 1], [0, 0]))).toBe(false);
  expect(confirmsNumbering(confusion([9, 1], [6, 4]))).toBe(false);
});
