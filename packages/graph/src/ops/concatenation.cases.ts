// What CONCATENATION is tried on.
import { activation, constantActivation } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { ConcatenationAttributes } from './concatenation.js';

export const concatenationCases: OperatorCases<ConcatenationAttributes> = {
  cases: [
    { inputs: [activation([3])], attributes: { axis: 0 } },
    { inputs: [activation([3]), activation([4])], attributes: { axis: -1 } },
    { inputs: [activation([2, 3]), activation([1, 3]), activation([4, 3])], attributes: { axis: 0 } },
    { inputs: [activation([2, 3, 2]), activation([2, 3, 5])], attributes: { axis: 2 } },
    { inputs: [activation([1, 2, 3, 4]), constantActivation([1, 2, 1, 4])], attributes: { axis: 2 } },
    { inputs: [activation([1, 2, 3, 4]), activation([1, 2, 3, 1])], attributes: { axis: -1 } },
    { inputs: [activation([1, 2, 1, 3, 2]), activation([1, 2, 2, 3, 2])], attributes: { axis: -3 } },
  ],
};
