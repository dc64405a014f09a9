// What STRIDED_SLICE is tried on.
import { activation, indices } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { StridedSliceAttributes } from './strided-slice.js';

export const stridedSliceCases: OperatorCases<StridedSliceAttributes> = {
  cases: [
    { inputs: [activation([6]), indices([1]), indices([5]), indices([2])] },
    { inputs: [activation([6]), indices([-1]), indices([-6]), indices([-2])] },
    { inputs: [activation([3, 4]), indices([0, 1]), indices([3, -1]), indices([2, 1])] },
    { inputs: [activation([3, 4]), indices([2, 9]), indices([-9, 0]), indices([-1, -1])], attributes: { endMask: 2 } },
    {
      inputs: [activation([2, 3, 4]), indices([0, 1, 0]), indices([2, 2, 4]), indices([1, 1, 3])],
      attributes: { shrinkAxisMask: 2 },
    },
    {
      inputs: [activation([2, 3, 4]), indices([1, 1, 1]), indices([1, 1, 3]), indices([1, 1, 1])],
      attributes: { beginMask: 3, endMask: 3 },
    },
    { inputs: [activation([1, 4, 5, 2]), indices([0, 0, 1, 0]), indices([1, 4, 5, 2]), indices([1, 2, 2, 1])] },
    {
      inputs: [activation([1, 4, 5, 2]), indices([0, -1]), indices([0, 0]), indices([1, 1])],
      attributes: { endMask: 3 },
    },
    {
      inputs: [
        activation([1, 2, 3, 4, 2]),
        indices([0, 0, 1, 1, 0]),
        indices([1, 2, 3, 4, 2]),
        indices([1, 1, 1, 2, 1]),
      ],
    },
    { inputs: [activation([4]), indices([-2]), indices([0]), indices([1])], attributes: { shrinkAxisMask: 1 } },
  ],
};
