// What CAST is tried on.
import { activation } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { DataType } from '../data-type.js';
import type { CastAttributes } from './cast.js';

const types: readonly DataType[] = ['float32', 'int8', 'int16', 'int32', 'int64', 'uint8', 'bool', 'float16'];

export const castCases: OperatorCases<CastAttributes> = {
  types: types.flatMap((from) => types.map((to) => ({ from, to }))),
  cases: [
    { inputs: [activation([2, 3, 4], [0, 100])] },
    { inputs: [activation([], [0, 100])] },
    { inputs: [activation([5], [-100, 100])], only: ['float32', 'int8', 'int16', 'int32', 'int64', 'float16'] },
    // Wider than the narrower integers: the low bits stay.
    { inputs: [activation([9], [-70_000, 70_000])], only: ['int32', 'int64'] },
  ],
};
