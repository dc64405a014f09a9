// Cases of the reductions.
import type { ReductionAttributes } from '../arithmetic/reduction.js';
import type { Shape } from '../ir.js';
import { activation, indices } from './operands.js';
import type { OperatorCase } from './operator-case.js';

const reduced: readonly (readonly [Shape, readonly number[]])[] = [
  [[7], [0]],
  [[3, 5], [1]],
  [[3, 5], [-2]],
  [
    [2, 3, 4],
    [0, 2],
  ],
  [[2, 3, 4], [-1]],
  [
    [1, 4, 5, 3],
    [1, 2],
  ],
  [
    [2, 4, 5, 3],
    [2, 1],
  ],
  [
    [2, 2, 3, 2],
    [0, 1, 2, 3],
  ],
  [[1, 4, 5, 3], [3]],
  // What is left has as many channels as there were, and they are others.
  [[2, 4, 4], [-1]],
  [[3, 3], [1]],
];

export function reductionCases(): readonly OperatorCase<ReductionAttributes>[] {
  return reduced.flatMap(([shape, axes]) =>
    [false, true].map((keepDims) => ({
      inputs: [activation(shape, [-3, 8]), indices(axes)],
      attributes: { keepDims },
    })),
  );
}
