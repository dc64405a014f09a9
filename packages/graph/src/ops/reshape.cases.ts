// What RESHAPE is tried on.
import { activation, indices } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { ReshapeAttributes } from './reshape.js';

export const reshapeCases: OperatorCases<ReshapeAttributes> = {
  cases: [
    { inputs: [activation([2, 6])], attributes: { newShape: [3, 4] } },
    { inputs: [activation([2, 6]), indices([3, -1])], attributes: { newShape: [3, -1] } },
    { inputs: [activation([1, 2, 3, 4]), indices([1, 6, 4])] },
    { inputs: [activation([4, 1, 2]), indices([1, 2, 2, 2])], attributes: { newShape: [1, 2, 2, 2] } },
    { inputs: [activation([1, 1]), indices([], [0])] },
    { inputs: [activation([]), indices([1])] },
    { inputs: [activation([2, 3, 2]), indices([1, 2, 1, 3, 2])] },
  ],
};
