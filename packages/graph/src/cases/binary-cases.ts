// Cases of operators of two operands that are broadcast to each other.
import type { Shape } from '../ir.js';
import { activation, constantActivation } from './operands.js';
import type { OperatorCase } from './operator-case.js';

const pairs: readonly (readonly [Shape, Shape])[] = [
  [[4], [4]],
  [
    [1, 3, 5, 4],
    [1, 3, 5, 4],
  ],
  [[2, 3, 4], [4]],
  [[4], [2, 3, 4]],
  [
    [2, 3, 4],
    [2, 1, 4],
  ],
  [
    [3, 1, 2],
    [1, 4, 2],
  ],
  [[2, 5], [1]],
  [[2, 5], []],
  [
    [1, 2, 2, 3, 2],
    [3, 1],
  ],
];

/** `second`: the range of the second operand. */
export function binaryCases(second?: readonly [number, number]): readonly OperatorCase<object>[] {
  return [
    ...pairs.map(([a, b]) => ({ inputs: [activation(a), activation(b, second)] })),
    { inputs: [activation([2, 3, 4]), constantActivation([4], second)] },
    { inputs: [constantActivation([2, 3, 4]), activation([3, 4], second)] },
    // Of 16 bits one value in hundreds shows how it was rounded on the way.
    { inputs: [activation([16, 64]), activation([16, 64], second)], only: ['int16'] },
  ];
}
