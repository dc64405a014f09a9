// What EXP is tried on: what float32 holds the exponential of.
import { unaryCasesWithin } from '../cases/unary-cases.js';
import type { OperatorCases } from '../cases/operator-case.js';

export const expCases: OperatorCases<object> = { cases: unaryCasesWithin([-8, 8], [-20, 4], [-8, -1], [-0.75, 0.5]) };
