// Cases of operators of one operand of any shape.
import { activation } from './operands.js';
import type { OperatorCase } from './operator-case.js';

type Range = readonly [number, number];

/** A scalar, vectors on both sides of four and eight lanes, up to five dimensions. */
const shapes = [[], [1], [3], [17], [2, 5], [2, 3, 4], [1, 3, 5, 4], [1, 2, 2, 3, 2]];

/**
 * Through 0 and past both bends of RELU6 and HARD_SWISH. The wide and the narrow range are where functions are flat or
 * straight.
 */
export function unaryCases(): readonly OperatorCase<object>[] {
  const ranges = [[-90, 90] as const, [-0.75, 0.5] as const, [-8, -1] as const];
  return [
    ...shapes.map((shape) => ({ inputs: [activation(shape)] })),
    ...ranges.map((range) => ({ inputs: [activation([3, 11], range)] })),
  ];
}

/** Of a function that has not an answer everywhere: every shape in the first range, one in each of the others. */
export function unaryCasesWithin(usual: Range, ...others: readonly Range[]): readonly OperatorCase<object>[] {
  return [
    ...shapes.map((shape) => ({ inputs: [activation(shape, usual)] })),
    ...others.map((range) => ({ inputs: [activation([3, 11], range)] })),
  ];
}
