// What SHAPE is tried on.
import { activation } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { ShapeAttributes } from './shape.js';

export const shapeCases: OperatorCases<ShapeAttributes> = {
  types: (['float32', 'int8', 'int16', 'int32', 'int64', 'uint8', 'bool'] as const).map((from) => ({ from })),
  cases: ([[], [3], [2, 3, 4]] as const).flatMap((shape) =>
    (['INT32', 'INT64'] as const).map((outType) => ({ inputs: [activation(shape)], attributes: { outType } })),
  ),
};
