// Cases of operators of one operand of any shape.
import { activation } from './operands.js';
import type { OperatorCase } from './operator-case.js';

/**
 * Through 0 and past both bends of RELU6 and HARD_SWISH; a scalar, vectors on both sides of four and eight lanes. The wide and
 * the narrow range are where functions are flat or straight.
 */
export function unaryCases(): readonly OperatorCase<object>[] {
  const shapes = [[], [1], [3], [17], [2, 5], [2, 3, 4], [1, 3, 5, 4], [1, 2, 2, 3, 2]];
  const ranges = [[-90, 90] as const, [-0.75, 0.5] as const, [-8, -1] as const];
  return [
    ...shapes.map((shape) => ({ inputs: [activation(shape)] })),
    ...ranges.map((range) => ({ inputs: [activation([3, 11], range)] })),
  ];
}
