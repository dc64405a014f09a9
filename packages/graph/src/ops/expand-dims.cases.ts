// What EXPAND_DIMS is tried on.
import { activation, indices } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';

export const expandDimsCases: OperatorCases<object> = {
  cases: [
    { inputs: [activation([3]), indices([0])] },
    { inputs: [activation([3]), indices([-1], [])] },
    { inputs: [activation([2, 3, 4]), indices([1])] },
    { inputs: [activation([2, 3, 4]), indices([-4])] },
    { inputs: [activation([]), indices([0])] },
    { inputs: [activation([1, 2, 3, 2]), indices([4])] },
  ],
};
