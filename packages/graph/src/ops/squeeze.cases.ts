// What SQUEEZE is tried on.
import { activation } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { SqueezeAttributes } from './squeeze.js';

export const squeezeCases: OperatorCases<SqueezeAttributes> = {
  cases: [
    { inputs: [activation([1, 3, 1, 2])] },
    { inputs: [activation([1, 3, 1, 2])], attributes: { dimensions: [2] } },
    { inputs: [activation([1, 3, 1])], attributes: { dimensions: [-1] } },
    { inputs: [activation([1, 1])], attributes: { dimensions: [0] } },
    { inputs: [activation([1, 2, 1, 3, 1])], attributes: { dimensions: [0, -1] } },
    { inputs: [activation([2, 3])] },
  ],
};
