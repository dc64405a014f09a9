// What BATCH_MATMUL is tried on.
import { activation, constantActivation } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { Shape } from '../ir.js';
import type { BatchMatmulAttributes } from './batch-matmul.js';

/** Leading dimensions of both, then M, K and N. */
const products: readonly (readonly [Shape, Shape, number, number, number])[] = [
  [[], [], 3, 4, 5],
  [[], [], 1, 7, 1],
  [[2], [2], 3, 4, 2],
  [[3], [1], 2, 5, 4],
  [[1], [3], 4, 2, 3],
  [[4], [], 2, 3, 2],
  [[], [4], 2, 3, 2],
  [[2, 3], [2, 3], 3, 2, 4],
  [[2, 1], [1, 3], 2, 4, 2],
  [[2, 3], [2, 1], 2, 4, 2],
  [[1, 2, 2], [1, 2, 2], 2, 3, 2],
];

export const batchMatmulCases: OperatorCases<BatchMatmulAttributes> = {
  cases: products.flatMap(([a, b, m, k, n], i) =>
    [false, true].flatMap((adjX) =>
      [false, true].map((adjY) => {
        const first = [...a, ...(adjX ? [k, m] : [m, k])];
        const second = [...b, ...(adjY ? [n, k] : [k, n])];
        return {
          inputs: [activation(first), i % 3 === 2 ? constantActivation(second, [-1, 2]) : activation(second, [-1, 2])],
          attributes: { adjX, adjY },
        };
      }),
    ),
  ),
};
