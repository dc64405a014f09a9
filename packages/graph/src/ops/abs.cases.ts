// What ABS is tried on.
import type { OperatorCases } from '../cases/operator-case.js';
import { unaryCases } from '../cases/unary-cases.js';

export const absCases: OperatorCases<object> = { cases: unaryCases() };
