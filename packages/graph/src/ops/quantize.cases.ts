// What QUANTIZE is tried on.
import type { CaseType, OperatorCases } from '../cases/operator-case.js';
import { unaryCases } from '../cases/unary-cases.js';

/** The pairs that some runtime takes. */
const types: readonly CaseType[] = [
  ...(['int8', 'int16', 'uint8'] as const).map((to) => ({ from: 'float32' as const, to })),
  ...(['int8', 'int16', 'uint8', 'int32'] as const).map((to) => ({ from: 'int8' as const, to })),
  ...(['int8', 'int16', 'int32'] as const).map((to) => ({ from: 'int16' as const, to })),
  ...(['int8', 'uint8'] as const).map((to) => ({ from: 'uint8' as const, to })),
  ...(['int8', 'int16'] as const).map((to) => ({ from: 'int32' as const, to })),
];

export const quantizeCases: OperatorCases<object> = { types, cases: unaryCases() };
