// What TANH is tried on.
import type { OperatorCases } from '../cases/operator-case.js';
import { unaryCases } from '../cases/unary-cases.js';

export const tanhCases: OperatorCases<object> = { cases: unaryCases() };
