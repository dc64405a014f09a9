// What MAX_POOL_2D is tried on.
import type { PoolAttributes } from '../arithmetic/pooling.js';
import type { OperatorCases } from '../cases/operator-case.js';
import { poolCases } from '../cases/pool-cases.js';

export const maxPool2dCases: OperatorCases<PoolAttributes> = { cases: poolCases() };
