// What SUM is tried on.
import type { ReductionAttributes } from '../arithmetic/reduction.js';
import type { OperatorCases } from '../cases/operator-case.js';
import { reductionCases } from '../cases/reduction-cases.js';

export const sumCases: OperatorCases<ReductionAttributes> = { cases: reductionCases() };
