// Shapes and paddings that the padding operators are tried on.
import type { Shape } from '../ir.js';

export const paddedShapes: readonly (readonly [Shape, readonly number[]])[] = [
  [[5], [2, 1]],
  [
    [3, 4],
    [0, 0, 1, 2],
  ],
  [
    [2, 3, 2],
    [1, 0, 0, 2, 0, 0],
  ],
  [
    [1, 3, 4, 2],
    [0, 0, 1, 1, 2, 0, 0, 0],
  ],
  [
    [1, 3, 4, 2],
    [0, 0, 0, 0, 0, 0, 0, 0],
  ],
  [
    [2, 2, 3, 2],
    [1, 1, 0, 1, 1, 0, 2, 1],
  ],
  [
    [1, 2, 2, 3, 2],
    [0, 0, 1, 0, 0, 1, 0, 0, 0, 0],
  ],
];
