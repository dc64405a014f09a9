// What a kernel limits beside types: dimensions, constants, the types of axes and indices.
import { diagnose, type Diagnostic } from '@wherry/graph';
import { profileDiagnostics } from '../diagnostics.js';
import type { OperatorLimits } from '../runtime-kernels.js';
import type { NamedOperand, OperandRoles } from './operand-roles.js';

/** The first limit that the operands exceed. `subject`: "CONV_2D in tflm-reference"; `where`: the user's layer. */
export function checkLimits(
  limits: OperatorLimits,
  roles: OperandRoles,
  subject: string,
  where: string,
): Diagnostic | null {
  const inputs = [...roles.activations, roles.weights, roles.bias, ...roles.others].filter(
    (each) => each !== undefined,
  );
  const refuse = (what: string, next: string): Diagnostic =>
    diagnose(profileDiagnostics.PROFILE_LIMIT, { what: `${subject}: ${what}`, where, next });
  if (limits.maxInputs !== undefined && inputs.length > limits.maxInputs) {
    return refuse(
      `takes at most ${limits.maxInputs} inputs, here are ${inputs.length}`,
      'split the layer into several',
    );
  }
  return (
    rankFault(
      limits,
      inputs.find(({ input }) => input === 0),
      refuse,
    ) ??
    constantFault(limits, inputs, refuse) ??
    operandFault(limits, roles, refuse)
  );
}

type Refuse = (what: string, next: string) => Diagnostic;

function rankFault(
  { minRank = 0, maxRank = Infinity }: OperatorLimits,
  first: NamedOperand | undefined,
  refuse: Refuse,
): Diagnostic | null {
  if (first === undefined) return null;
  const rank = first.spec.shape.length;
  if (rank >= minRank && rank <= maxRank) return null;
  const range =
    minRank === maxRank ? `${maxRank}` : maxRank === Infinity ? `at least ${minRank}` : `${minRank} to ${maxRank}`;
  return refuse(
    `tensor ${first.name} has ${rank} dimensions [${first.spec.shape.join(', ')}], the kernel takes ${range}`,
    'reshape the tensor around this layer',
  );
}

function constantFault(
  { constantInputs = [] }: OperatorLimits,
  inputs: readonly NamedOperand[],
  refuse: Refuse,
): Diagnostic | null {
  const computed = inputs.find(({ input, spec }) => constantInputs.includes(input) && spec.data === undefined);
  if (computed === undefined) return null;
  return refuse(
    `input ${computed.input} (${computed.name}) must be a constant, here it is computed at run time`,
    'give the layer a fixed value; a model exported with static shapes has it folded',
  );
}

function operandFault({ operands = {} }: OperatorLimits, { others }: OperandRoles, refuse: Refuse): Diagnostic | null {
  const wrong = others.find(({ input, spec }) => operands[input]?.includes(spec.dtype) === false);
  if (wrong === undefined) return null;
  const accepted = operands[wrong.input]!.join(' or ');
  return refuse(
    `input ${wrong.input} (${wrong.name}) is ${wrong.spec.dtype}, the kernel reads ${accepted}`,
    `export it as ${accepted}`,
  );
}
