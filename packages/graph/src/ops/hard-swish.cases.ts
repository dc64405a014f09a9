// What HARD_SWISH is tried on.
import type { OperatorCases } from '../cases/operator-case.js';
import { unaryCases } from '../cases/unary-cases.js';

export const hardSwishCases: OperatorCases<object> = { cases: unaryCases() };
