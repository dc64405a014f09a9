// What GATHER is tried on.
import { activation, fedIndices, indices, longIndices } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { GatherAttributes } from './gather.js';

export const gatherCases: OperatorCases<GatherAttributes> = {
  cases: [
    { inputs: [activation([4]), indices([3, 0, 0])] },
    { inputs: [activation([3, 2]), indices([2, 0])], attributes: { axis: 0 } },
    { inputs: [activation([2, 5]), indices([4, 1, 0, 2], [2, 2])], attributes: { axis: -1 } },
    { inputs: [activation([2, 3, 4]), indices([1], [])], attributes: { axis: 1 } },
    { inputs: [activation([2, 3, 4]), indices([0, 2, 1, 1], [2, 2])], attributes: { axis: 1, batchDims: 1 } },
    { inputs: [activation([3, 2]), longIndices([1, 2])], attributes: { axis: 0 } },
    { inputs: [activation([3, 2]), fedIndices([1, 2, 0, 0])], attributes: { axis: 0 } },
  ],
};
