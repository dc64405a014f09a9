// Names each operand of a node by the part it plays, so that a kernel row can be held against it.
import { operatorOf, tensorAt, type Graph, type Node, type OperandSpec } from '@wherry/graph';

export interface NamedOperand {
  /** Input number, for limits that name one. */
  readonly input: number;
  readonly name: string;
  readonly spec: OperandSpec;
}

export interface OperandRoles {
  readonly activations: readonly NamedOperand[];
  readonly weights: NamedOperand | undefined;
  readonly bias: NamedOperand | undefined;
  /** Axes, sizes, indices: inputs of no other role. */
  readonly others: readonly NamedOperand[];
  readonly outputs: readonly NamedOperand[];
}

/** Roles by the operator's quantization rule; input 0 is the activation where the rule names none (SHAPE). */
export function operandRoles(graph: Graph, node: Node): OperandRoles {
  const rule = operatorOf(node.kind).quantization;
  const named = (id: number, input: number): NamedOperand => {
    const spec = tensorAt(graph, id);
    return { input, name: spec.name, spec };
  };
  const inputs = node.inputs.flatMap((id, input) => (id === null ? [] : [named(id, input)]));
  const at = (input: number | undefined) => inputs.find((operand) => operand.input === input);
  const weights = at(rule.weights?.input);
  const bias = at(rule.bias?.input);
  const isActivation = ({ input }: NamedOperand): boolean =>
    rule.activations === 'all' || (rule.activations.length === 0 ? input === 0 : rule.activations.includes(input));
  const activations = inputs.filter((operand) => operand !== weights && operand !== bias && isActivation(operand));
  return {
    activations,
    weights,
    bias,
    others: inputs.filter((operand) => operand !== weights && operand !== bias && !activations.includes(operand)),
    outputs: node.outputs.map(named),
  };
}
