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
import type { OptionValue } from '../runtime-kernels.js';

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
  /** Axes, sizes, indices, states, and filters after the first: what a row has no word for. */
  readonly others: readonly NamedOperand[];
  readonly outputs: readonly NamedOperand[];
  /** Bytes go through untouched, whatever numbers they stand for. */
  readonly sameBytes: boolean;
  /** An option by TFLite's name of its field; of another kind than a plain value there is none that a table names. */
  readonly optionOf: (field: string) => OptionValue | undefined;
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
    others: [...withRole('weights').slice(1), ...withRole('index', 'state')],
    sameBytes: operatorOf(node.kind).traits.sameBytes === true,
    optionOf: optionsOf(node),
    // Places and counts beside the values have the type that they always have.
    outputs: node.outputs.map(named).filter((_, at) => at === 0 || outputRule(node.kind, at).from !== 'none'),
  };
}

function optionsOf({ kind, attributes }: Node): (field: string) => OptionValue | undefined {
  const fields = Object.entries<string>(operatorOf(kind).tflite.fields);
  const given = attributes as Readonly<Record<string, OptionValue>>;
  const values = new Map(fields.map(([attribute, field]) => [field, given[attribute]]));
  return (field) => values.get(field);
}
