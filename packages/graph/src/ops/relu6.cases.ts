// What RELU6 is tried on.
import type { OperatorCases } from '../cases/operator-case.js';
import { unaryCases } from '../cases/unary-cases.js';

export const relu6Cases: OperatorCases<object> = { cases: unaryCases() };
