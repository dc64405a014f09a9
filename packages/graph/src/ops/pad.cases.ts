// What PAD is tried on.
import { activation, indices, longIndices } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import { paddedShapes } from '../cases/padding-cases.js';

export const padCases: OperatorCases<object> = {
  cases: [
    ...paddedShapes.map(([shape, paddings]) => ({
      inputs: [activation(shape, [-3, 8]), indices(paddings, [shape.length, 2])],
    })),
    { inputs: [activation([2, 3]), longIndices([1, 0, 2, 1], [2, 2])] },
  ],
};
