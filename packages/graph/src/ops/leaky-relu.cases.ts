// What LEAKY_RELU is tried on.
import type { OperatorCases } from '../cases/operator-case.js';
import { unaryCases } from '../cases/unary-cases.js';
import type { LeakyReluAttributes } from './leaky-relu.js';

export const leakyReluCases: OperatorCases<LeakyReluAttributes> = {
  cases: [0.25, 0.01, -0.5, 1.5, 0].flatMap((alpha) => unaryCases().map((one) => ({ ...one, attributes: { alpha } }))),
};
