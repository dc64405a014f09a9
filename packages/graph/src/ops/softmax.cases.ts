// What SOFTMAX is tried on.
import { activation } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import { vary } from '../cases/vary.js';
import type { Shape } from '../ir.js';
import type { SoftmaxAttributes } from './softmax.js';

export const softmaxCases: OperatorCases<SoftmaxAttributes> = {
  types: [{ from: 'float32' }, { from: 'int8' }, { from: 'int8', to: 'int16' }, { from: 'int16' }],
  cases: vary<{ shape: Shape; beta: number; range: readonly [number, number] }>({
    shape: [[5], [1, 1], [3, 10], [2, 3, 4], [1, 3, 2, 5], [1, 2, 3, 2, 4]],
    beta: [1, 0.5, 2.25],
    range: [
      [-8, 8],
      [-0.5, 60],
    ],
  }).map(({ shape, beta, range }) => ({ inputs: [activation(shape, range)], attributes: { beta } })),
};
