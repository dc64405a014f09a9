// The outputs an operator gives for its inputs, after its requirements have been checked.
import { WherryError } from './diagnostics/diagnostic.js';
import { graphDiagnostics } from './diagnostics/graph-diagnostics.js';
import type { OperandSpec, OutputSpec } from './op-definition.js';
import { operatorOf, type OpKind } from './ops/index.js';

interface Application {
  readonly kind: OpKind;
  readonly attributes: object;
  readonly origin: string;
}

/** Throws GRAPH_OPERATOR_REQUIREMENT with the sentence that does not hold. */
export function inferOutputs(
  application: Application,
  inputs: readonly (OperandSpec | undefined)[],
): readonly OutputSpec[] {
  const operator = operatorOf(application.kind);
  const [least, most] = operator.arity.inputs;
  const refuse = (sentence: string): never => {
    const shapes = inputs.map((operand) =>
      operand === undefined ? 'none' : `${operand.dtype}[${operand.shape.join(', ')}]`,
    );
    throw new WherryError(graphDiagnostics.GRAPH_OPERATOR_REQUIREMENT, {
      what: `${application.kind} requires: ${sentence}; it is given ${shapes.join(', ') || 'no input'}`,
      where: application.origin,
      next: 'correct this layer in the source model and export it again',
    });
  };
  const { optional = [] } = operator.arity;
  const lacks = inputs.some((one, position) => one === undefined && position < least && !optional.includes(position));
  if (inputs.length < least || inputs.length > most || lacks) {
    refuse(least === most ? `${least} inputs` : `${least} to ${most} inputs`);
  }
  const context = { attributes: application.attributes, inputs };
  for (const requirement of operator.requires) {
    if (!requirement.holds(context)) refuse(requirement.sentence);
  }
  const outputs = operator.infer(context);
  // In order of magnitude only: a product past 2^53 is past 2^31 all the same.
  const countable = outputs.every(
    ({ shape }) => shape === null || shape.reduce((product, size) => product * size, 1) <= 2147483647,
  );
  return countable ? outputs : refuse('no output has more than 2147483647 elements');
}
