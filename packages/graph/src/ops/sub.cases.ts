// What SUB is tried on.
import type { AddAttributes } from '../arithmetic/add-sub.js';
import { binaryCases } from '../cases/binary-cases.js';
import { fusedCases } from '../cases/fused-cases.js';
import type { OperatorCases } from '../cases/operator-case.js';

export const subCases: OperatorCases<AddAttributes> = { cases: fusedCases(binaryCases()) };
