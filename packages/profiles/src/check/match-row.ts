// Holds the operands of a node against one row of a kernel table.
import type { Granularity, KernelRow } from '../runtime-kernels.js';
import type { NamedOperand, OperandRoles } from './operand-roles.js';

export interface Mismatch {
  readonly operand: NamedOperand;
  readonly role: 'activation' | 'weights' | 'bias' | 'output';
  readonly given: string;
  readonly accepted: string;
}

/** Everything that keeps the row's kernel from taking these operands; empty when it takes them. */
export function mismatches(row: KernelRow, roles: OperandRoles): readonly Mismatch[] {
  const found: Mismatch[] = [];
  const compare = (operand: NamedOperand | undefined, role: Mismatch['role'], accepted: string | undefined): void => {
    if (operand === undefined || operand.spec.dtype === accepted) return;
    found.push({ operand, role, given: operand.spec.dtype, accepted: accepted ?? 'no such operand' });
  };
  for (const operand of roles.activations) compare(operand, 'activation', row.activations);
  compare(roles.weights, 'weights', row.weights);
  compare(roles.bias, 'bias', row.bias);
  for (const operand of roles.outputs) compare(operand, 'output', row.output ?? row.activations);
  const granularity = granularityOf(roles.weights);
  if (roles.weights !== undefined && granularity !== null && row.granularity?.includes(granularity) === false) {
    found.push({
      operand: roles.weights,
      role: 'weights',
      given: `${granularity} scales`,
      accepted: `${row.granularity.join(' or ')} scales`,
    });
  }
  return found;
}

/** Null for weights that carry no scale. */
function granularityOf(weights: NamedOperand | undefined): Granularity | null {
  const scales = weights?.spec.quantization?.scale.length ?? 0;
  return scales === 0 ? null : scales === 1 ? 'per-tensor' : 'per-axis';
}
