// What the kernels of int16 activations require: they have no place for a zero point.
import type { Requirement } from '../op-definition.js';

export const symmetricInt16: Requirement<object> = {
  sentence: 'the zero point of every int16 input is 0',
  holds: ({ inputs }) =>
    inputs.every((input) => input?.dtype !== 'int16' || (input.quantization?.zeroPoint ?? []).every((z) => z === 0)),
};
