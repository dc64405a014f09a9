// What UNPACK is tried on.
import { activation } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { UnpackAttributes } from './unpack.js';

export const unpackCases: OperatorCases<UnpackAttributes> = {
  cases: [
    { inputs: [activation([3])], attributes: { axis: 0, count: 3 } },
    { inputs: [activation([2, 3])], attributes: { axis: 1, count: 3 } },
    { inputs: [activation([2, 3, 4])], attributes: { axis: -1, count: 4 } },
    { inputs: [activation([2, 3, 4])], attributes: { axis: -2, count: 3 } },
    { inputs: [activation([1, 2, 3, 2])], attributes: { axis: 0, count: 1 } },
  ],
};
