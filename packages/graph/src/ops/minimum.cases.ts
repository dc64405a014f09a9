// What MINIMUM is tried on.
import { binaryCases } from '../cases/binary-cases.js';
import type { OperatorCases } from '../cases/operator-case.js';

export const minimumCases: OperatorCases<object> = { cases: binaryCases() };
