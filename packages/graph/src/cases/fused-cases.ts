// Cases of an operator that takes a fused activation: each as often as there are activations.
import type { FusedActivation } from '../arithmetic/activation.js';
import type { OperatorCase } from './operator-case.js';

export const activations: readonly FusedActivation[] = ['NONE', 'RELU', 'RELU6', 'RELU_N1_TO_1'];

export function fusedCases<A extends { readonly activation: FusedActivation }>(
  cases: readonly OperatorCase<object>[],
): readonly OperatorCase<A>[] {
  return cases.flatMap(({ attributes, ...one }) =>
    activations.map((activation) => ({ ...one, attributes: { ...attributes, activation } as unknown as Partial<A> })),
  );
}
