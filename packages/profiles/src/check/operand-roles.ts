// Names each operand of a node by the part it plays, so that a kernel row can be held against it.
import {
  operatorOf,
  outputRule,
  roleOf,
  tensorAt,
  type Graph,
  type Node,
  type OperandRole,
  type OperandSpec,
} from '@wherry/graph';

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
  /** Bytes go through untouched, whatever numbers they stand for. */
  readonly sameBytes: boolean;
}

/** Roles by the operator's quantization rule; what is read as it is stands where an activation would (SHAPE). */
export function operandRoles(graph: Graph, node: Node): OperandRoles {
  const named = (id: number, input: number): NamedOperand => {
    const spec = tensorAt(graph, id);
    return { input, name: spec.name, spec };
  };
  const inputs = node.inputs.flatMap((id, input) => (id === null ? [] : [named(id, input)]));
  const withRole = (...roles: readonly OperandRole['role'][]): NamedOperand[] =>
    inputs.filter(({ input }) => roles.includes(roleOf(node.kind, input).role));
  return {
    activations: withRole('activation', 'plain'),
    weights: withRole('weights')[0],
    bias: withRole('bias')[0],
    others: withRole('index'),
    sameBytes: operatorOf(node.kind).traits.sameBytes === true,
    // Places and counts beside the values have the type that they always have.
    outputs: node.outputs.map(named).filter((_, at) => at === 0 || outputRule(node.kind, at).from !== 'none'),
  };
}
