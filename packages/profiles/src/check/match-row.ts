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
  for (const [role, operands] of [
    ['activation', roles.activations],
    ['output', roles.outputs],
  ] as const)
    found.push(
      ...operands.flatMap((operand) => scalesMismatch(operand, role, roles.sameBytes ? both : (row.scales ?? one))),
    );
  if (roles.weights !== undefined && row.granularity !== undefined)
    found.push(...scalesMismatch(roles.weights, 'weights', row.granularity));
  found.push(...optionMismatches(row, roles));
  return found;
}

const one: readonly Granularity[] = ['per-tensor'];
const both: readonly Granularity[] = ['per-tensor', 'per-axis'];

/** A kernel that takes one scale reads the first of several, and says nothing. */
function scalesMismatch(
  operand: NamedOperand,
  role: Mismatch['role'],
  accepted: readonly Granularity[],
): readonly Mismatch[] {
  const granularity = granularityOf(operand);
  if (granularity === null || accepted.includes(granularity)) return [];
  const { dtype } = operand.spec;
  const given = `${dtype} with ${granularity} scales`;
  return [{ operand, role, given, accepted: `${dtype} with ${accepted.join(' or ')} scales` }];
}

/** Null for what carries no scale. */
function granularityOf({ spec: { quantization } }: NamedOperand): Granularity | null {
  const scales = quantization?.scale.length ?? 0;
  return scales === 0 ? null : scales === 1 ? 'per-tensor' : 'per-axis';
}

function optionMismatches(
  { options = {} }: KernelRow,
  { outputs: [output], optionOf }: OperandRoles,
): readonly Mismatch[] {
  if (output === undefined) return [];
  const { dtype } = output.spec;
  return Object.entries(options).flatMap(([field, accepted]) => {
    const value = optionOf(field);
    if (value === undefined || accepted.includes(value)) return [];
    const given = `${dtype} with ${field} ${String(value)}`;
    return [
      { operand: output, role: 'output' as const, given, accepted: `${dtype} with ${field} ${accepted.join(' or ')}` },
    ];
  });
}
