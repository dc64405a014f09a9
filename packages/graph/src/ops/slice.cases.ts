// What SLICE is tried on.
import { activation, indices, longIndices } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';

export const sliceCases: OperatorCases<object> = {
  cases: [
    { inputs: [activation([5]), indices([1]), indices([3])] },
    { inputs: [activation([3, 4]), indices([1, 0]), indices([-1, 2])] },
    { inputs: [activation([2, 3, 4]), indices([0, 1, 1]), indices([2, -1, 3])] },
    { inputs: [activation([1, 4, 5, 2]), indices([0, 2, 1, 0]), indices([1, 2, 3, 2])] },
    { inputs: [activation([3, 4]), longIndices([0, 1]), longIndices([2, 3])] },
    { inputs: [activation([1, 2, 2, 3, 2]), indices([0, 1, 0, 1, 0]), indices([1, 1, 2, 2, -1])] },
  ],
};
