// What DIV is tried on.
import { binaryCases } from '../cases/binary-cases.js';
import { fusedCases } from '../cases/fused-cases.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { DivAttributes } from './div.js';

export const divCases: OperatorCases<DivAttributes> = { cases: fusedCases(binaryCases([0.5, 4])) };
