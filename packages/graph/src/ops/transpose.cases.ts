// What TRANSPOSE is tried on.
import { activation, indices } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';

export const transposeCases: OperatorCases<object> = {
  cases: (
    [[0], [1, 0], [0, 1], [2, 0, 1], [0, 2, 1], [0, 3, 1, 2], [3, 2, 1, 0], [1, 0, 2, 3], [0, 2, 4, 1, 3]] as const
  ).map((order) => ({ inputs: [activation([2, 3, 4, 1, 2].slice(0, order.length)), indices(order)] })),
};
