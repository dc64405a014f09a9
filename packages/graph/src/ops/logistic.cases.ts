// What LOGISTIC is tried on.
import type { OperatorCases } from '../cases/operator-case.js';
import { unaryCases } from '../cases/unary-cases.js';

export const logisticCases: OperatorCases<object> = { cases: unaryCases() };
