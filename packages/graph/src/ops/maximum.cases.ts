// What MAXIMUM is tried on.
import { binaryCases } from '../cases/binary-cases.js';
import type { OperatorCases } from '../cases/operator-case.js';

export const maximumCases: OperatorCases<object> = { cases: binaryCases() };
