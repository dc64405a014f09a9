// What RSQRT is tried on: positive numbers. Those of int8 begin at 0, which gives the greatest of the output.
import { unaryCasesWithin } from '../cases/unary-cases.js';
import type { OperatorCases } from '../cases/operator-case.js';

export const rsqrtCases: OperatorCases<object> = { cases: unaryCasesWithin([0.5, 8], [2, 90], [0.5, 1.5]) };
