// What QUANTIZE is tried on.
import type { OperatorCases } from '../cases/operator-case.js';
import { unaryCases } from '../cases/unary-cases.js';

const narrow = ['int8', 'int16', 'uint8', 'int32'] as const;

export const quantizeCases: OperatorCases<object> = {
  types: [
    ...narrow.map((to) => ({ from: 'float32' as const, to })),
    ...(['int8', 'int16', 'uint8', 'int32'] as const).flatMap((from) => narrow.map((to) => ({ from, to }))),
  ],
  cases: unaryCases(),
};
