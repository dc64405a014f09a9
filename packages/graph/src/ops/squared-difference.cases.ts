// What SQUARED_DIFFERENCE is tried on.
import { binaryCases } from '../cases/binary-cases.js';
import type { OperatorCases } from '../cases/operator-case.js';

export const squaredDifferenceCases: OperatorCases<object> = { cases: [...binaryCases(), ...binaryCases([-1, 90])] };
