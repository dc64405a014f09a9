// What PACK is tried on.
import { activation, constantActivation } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { PackAttributes } from './pack.js';

export const packCases: OperatorCases<PackAttributes> = {
  cases: [
    { inputs: [activation([3])], attributes: { axis: 0, count: 1 } },
    { inputs: [activation([3]), activation([3])], attributes: { axis: 1, count: 2 } },
    { inputs: [activation([2, 3]), activation([2, 3]), activation([2, 3])], attributes: { axis: -1, count: 3 } },
    { inputs: [activation([2, 3]), constantActivation([2, 3])], attributes: { axis: -3, count: 2 } },
    { inputs: [activation([1, 2, 3, 2]), activation([1, 2, 3, 2])], attributes: { axis: 2, count: 2 } },
  ],
};
