// What a kernel limits beside types: dimensions, sizes, options, constants, the types of axes and indices.
import { diagnose, elementCount, type Diagnostic, type Node } from '@wherry/graph';
import { profileDiagnostics } from '../diagnostics.js';
import { exceededRatio } from './scale-ratio.js';
import type { OperatorLimits, TensorLimits } from '../runtime-kernels.js';
import type { NamedOperand, OperandRoles } from './operand-roles.js';

/** The first limit that the node exceeds. `subject`: "CONV_2D in tflm-reference". */
export function checkLimits(
  limits: OperatorLimits,
  roles: OperandRoles,
  subject: string,
  node: Node,
): Diagnostic | null {
  const refuse = refusal(subject, node);
  const inputs = inputsOf(roles);
  if (limits.maxInputs !== undefined && inputs.length > limits.maxInputs) {
    return refuse(
      `takes at most ${limits.maxInputs} inputs, here are ${inputs.length}`,
      'split the layer into several',
    );
  }
  const first = inputs.find(({ input }) => input === 0);
  return (
    rankFault(limits, first, refuse) ??
    sizeFault(limits, first, roles.outputs[0], refuse) ??
    optionFault(limits, roles, refuse) ??
    ratioFault(limits, roles, refuse) ??
    biasFault(limits, roles, refuse) ??
    constantFault(limits, inputs, refuse) ??
    operandFault(limits, roles, refuse)
  );
}

/** The first tensor of the node that exceeds what the runtime limits for all of them. */
export function checkTensors(
  limits: TensorLimits,
  roles: OperandRoles,
  subject: string,
  node: Node,
): Diagnostic | null {
  const { maxRank = Infinity, innermost = Infinity } = limits;
  const refuse = refusal(subject, node);
  // Only what depends on the sample has a batch: not a filter, nor any other constant.
  const samples = new Set(
    [...roles.activations, ...roles.outputs].map(({ spec }) => spec).filter(({ data }) => data === undefined),
  );
  for (const { name, spec } of [...inputsOf(roles), ...roles.outputs]) {
    const given = `tensor ${name} has the shape [${spec.shape.join(', ')}]`;
    if (spec.shape.length > maxRank) {
      const what = `${given}, and the runtime takes at most ${maxRank} dimensions`;
      return refuse(what, 'merge dimensions of the layer, or choose a profile whose runtime takes more');
    }
    if (samples.has(spec) && spec.shape.slice(0, -innermost).some((size) => size > 1)) {
      const what = `${given}, and only its last ${innermost} dimensions may be larger than 1`;
      return refuse(what, 'give the model one sample at a time (batch 1), or merge dimensions of the layer');
    }
  }
  return null;
}

type Refuse = (what: string, next: string) => Diagnostic;

function refusal(subject: string, { origin }: Node): Refuse {
  return (what, next) =>
    diagnose(profileDiagnostics.PROFILE_LIMIT, { what: `${subject}: ${what}`, where: origin, next });
}

function inputsOf({ activations, weights, bias, others }: OperandRoles): readonly NamedOperand[] {
  return [...activations, weights, bias, ...others].filter((each) => each !== undefined);
}

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

function sizeFault(
  { maxElements = Infinity, maxRows = Infinity }: OperatorLimits,
  first: NamedOperand | undefined,
  output: NamedOperand | undefined,
  refuse: Refuse,
): Diagnostic | null {
  const elements = elementCount(first?.spec.shape ?? []);
  if (elements > maxElements) {
    const what = `tensor ${first!.name} has ${elements} elements, the kernel takes at most ${maxElements}`;
    return refuse(what, 'make the layer smaller');
  }
  const last = output?.spec.shape.at(-1) ?? 1;
  const rows = last === 0 ? 0 : elementCount(output?.spec.shape ?? []) / last;
  if (rows <= maxRows) return null;
  return refuse(
    `tensor ${output!.name} [${output!.spec.shape.join(', ')}] has ${rows} rows, the kernel takes ${maxRows}`,
    'give the layer one row at a time, or leave it out and do its work in the application',
  );
}

function optionFault(
  { options = {}, equalOptions = [] }: OperatorLimits,
  { optionOf: valueOf }: OperandRoles,
  refuse: Refuse,
): Diagnostic | null {
  for (const [field, accepted] of Object.entries(options)) {
    const value = valueOf(field);
    if (value === undefined || accepted.some((each) => each === value)) continue;
    const words = accepted.map(String).join(' or ');
    return refuse(
      `${field} is ${String(value)}, the kernel takes ${words}`,
      `build the layer so that ${field} is ${words}`,
    );
  }
  const unequal = equalOptions.find(([one, other]) => valueOf(one) !== valueOf(other));
  if (unequal === undefined) return null;
  const [one, other] = unequal;
  return refuse(
    `${one} is ${String(valueOf(one))} and ${other} ${String(valueOf(other))}, the kernel takes equal ones`,
    'build the layer with equal ones',
  );
}

function ratioFault({ ratios = [] }: OperatorLimits, roles: OperandRoles, refuse: Refuse): Diagnostic | null {
  const [output] = roles.outputs;
  const inputs = inputsOf(roles);
  for (const ratio of ratios) {
    const operands = ratio.of.map((number) => inputs.find(({ input }) => input === number));
    const found = exceededRatio(
      ratio,
      operands.map((operand) => operand?.spec),
      output?.spec,
    );
    if (found === undefined) continue;
    const names = operands.map((operand) => operand!.name).join(' times that of ');
    return refuse(
      `the scale of ${names} is ${found.toPrecision(3)} times that of ${output!.name} (${output!.spec.quantization!.scale[0]!.toPrecision(3)}), the kernel takes less than ${ratio.below}`,
      'give the float model, which is quantized so that this cannot be; or leave the layer out: it gives one value for all samples',
    );
  }
  return null;
}

function biasFault(
  { biases = [] }: OperatorLimits,
  { weights, bias }: OperandRoles,
  refuse: Refuse,
): Diagnostic | null {
  const limit = biases.find((each) => weights !== undefined && each.weights.includes(weights.spec.dtype));
  const { data } = bias?.spec ?? {};
  if (limit === undefined || data === undefined || bias!.spec.quantization === undefined) return null;
  let greatest = 0;
  for (const value of data) greatest = Math.max(greatest, Math.abs(Number(value)));
  if (greatest < limit.below) return null;
  return refuse(
    `${bias!.name} reaches ${greatest}, and beside ${weights!.spec.dtype} weights the kernel's sums wrap from ${limit.below} on`,
    'give the float model, which is quantized so that this cannot be; or keep the weights of this layer in int8',
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
