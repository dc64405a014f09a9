// What MUL is tried on.
import { binaryCases } from '../cases/binary-cases.js';
import { fusedCases } from '../cases/fused-cases.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { MulAttributes } from './mul.js';

export const mulCases: OperatorCases<MulAttributes> = { cases: fusedCases(binaryCases()) };
