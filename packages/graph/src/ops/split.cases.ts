// What SPLIT is tried on.
import { activation, indices } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { SplitAttributes } from './split.js';

export const splitCases: OperatorCases<SplitAttributes> = {
  cases: [
    { inputs: [indices([0], []), activation([4])], attributes: { count: 2 } },
    { inputs: [indices([-1], []), activation([2, 6])], attributes: { count: 3 } },
    { inputs: [indices([0], [1]), activation([4, 3])], attributes: { count: 4 } },
    { inputs: [indices([1], []), activation([2, 4, 3])], attributes: { count: 2 } },
    { inputs: [indices([-2], []), activation([1, 2, 4, 3])], attributes: { count: 2 } },
    { inputs: [indices([2], []), activation([2, 3, 2])], attributes: { count: 1 } },
  ],
};
