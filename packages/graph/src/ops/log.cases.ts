// What LOG is tried on: numbers that have a logarithm. Those of int8 begin at 0, which has none.
import { unaryCasesWithin } from '../cases/unary-cases.js';
import type { OperatorCases } from '../cases/operator-case.js';

export const logCases: OperatorCases<object> = { cases: unaryCasesWithin([0.5, 8], [2, 90], [0.5, 1.5]) };
