// What TOPK_V2 is tried on.
import { activation, indices } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { Shape } from '../ir.js';

const choices: readonly (readonly [Shape, number])[] = [
  [[5], 1],
  [[5], 5],
  [[3, 17], 4],
  [[2, 3, 9], 3],
  [[1, 2, 3, 6], 2],
  // More values than an 8-bit type has: some are equal.
  [[1, 600], 40],
];

export const topkV2Cases: OperatorCases<object> = {
  cases: choices.map(([shape, k]) => ({ inputs: [activation(shape), indices([k], [])] })),
};
