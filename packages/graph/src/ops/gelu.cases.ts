// What GELU is tried on.
import type { OperatorCases } from '../cases/operator-case.js';
import { unaryCases } from '../cases/unary-cases.js';
import type { GeluAttributes } from './gelu.js';

export const geluCases: OperatorCases<GeluAttributes> = {
  cases: [false, true].flatMap((approximate) => unaryCases().map((one) => ({ ...one, attributes: { approximate } }))),
};
