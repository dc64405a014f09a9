// What PRELU is tried on.
import { activation, constantActivation } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { Shape } from '../ir.js';

const pairs: readonly (readonly [Shape, Shape])[] = [
  [[7], [7]],
  [[7], [1]],
  [[7], []],
  [[3, 5], [5]],
  [
    [2, 3, 4],
    [3, 4],
  ],
  [[1, 4, 5, 3], [3]],
  [
    [2, 4, 5, 3],
    [1, 1, 3],
  ],
  [
    [1, 4, 5, 3],
    [4, 5, 3],
  ],
  [
    [2, 2, 3, 4],
    [1, 3, 1],
  ],
];

export const preluCases: OperatorCases<object> = {
  cases: pairs.flatMap(([shape, slopes]) =>
    ([[-1, 1] as const, [0, 0.3] as const, [-3, -1] as const] as const).map((range) => ({
      inputs: [activation(shape, [-6, 8]), constantActivation(slopes, range)],
    })),
  ),
};
