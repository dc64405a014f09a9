// What PADV2 is tried on.
import { activation, constantActivation, indices } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import { paddedShapes } from '../cases/padding-cases.js';

export const padV2Cases: OperatorCases<object> = {
  cases: paddedShapes.map(([shape, paddings], i) => ({
    inputs: [
      activation(shape, [-3, 8]),
      indices(paddings, [shape.length, 2]),
      constantActivation(i % 2 === 0 ? [1] : [], [-3, 8]),
    ],
  })),
};
