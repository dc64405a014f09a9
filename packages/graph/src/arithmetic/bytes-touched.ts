// The memory traffic of one operator application: every operand once.
import { byteLength } from '../data-type.js';
import type { OperandSpec } from '../op-definition.js';
import { elementCount } from '../shape.js';

/** Bytes of all operands that are there. */
export function bytesTouched(context: {
  readonly inputs: readonly (OperandSpec | undefined)[];
  readonly outputs: readonly OperandSpec[];
}): number {
  return [...context.inputs, ...context.outputs].reduce(
    (sum, operand) => (operand === undefined ? sum : sum + byteLength(operand.dtype, elementCount(operand.shape))),
    0,
  );
}
