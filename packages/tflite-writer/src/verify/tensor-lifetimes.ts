// From when to when each tensor is in use, counted as TensorFlow Lite Micro counts it (micro_allocation_info.cc).
import type { SubGraph, TfliteModel } from '../schema/table-types.js';
import { calledBy } from './verify-calls.js';

/** Steps, both ends included. */
export interface Lifetime {
  readonly first: number;
  readonly last: number;
}

/** A chain of subgraphs that call the next one twice would take for ever. */
const mostSteps = 1 << 20;

/**
 * One per tensor, the subgraphs' one after the other; undefined for tensors that no operator, input or output names.
 * Variables live for ever. Undefined as a whole where calls repeat beyond all use. Calls must not go in circles.
 */
export function tensorLifetimes(model: TfliteModel): readonly (Lifetime | undefined)[] | undefined {
  const subgraphs = model.subgraphs ?? [];
  const bases: number[] = [];
  let tensors = 0;
  for (const { tensors: own } of subgraphs) {
    bases.push(tensors);
    tensors += own?.length ?? 0;
  }
  const found: ({ first: number; last: number } | undefined)[] = Array.from({ length: tensors });
  let step = 0;

  const use = (s: number, indices: readonly number[] | undefined): void => {
    for (const index of indices ?? []) {
      if (index < 0) continue;
      const lifetime = (found[bases[s]! + index] ??= { first: step, last: step });
      lifetime.last = step;
    }
  };

  const visit = (s: number): boolean => {
    const { inputs, operators, outputs } = subgraphs[s]!;
    use(s, inputs);
    for (const operator of operators ?? []) {
      if (++step > mostSteps) return false;
      use(s, operator.outputs);
      for (const callee of calledBy(operator)) {
        step++;
        if (!visit(callee)) return false;
      }
      use(s, operator.inputs);
      use(s, operator.outputs);
    }
    use(s, outputs);
    return true;
  };

  if (subgraphs.length > 0 && !visit(0)) return undefined;
  keepVariables(subgraphs, bases, found);
  return found;
}

function keepVariables(
  subgraphs: readonly SubGraph[],
  bases: readonly number[],
  found: (Lifetime | undefined)[],
): void {
  subgraphs.forEach(({ tensors }, s) =>
    tensors?.forEach(({ is_variable: isVariable }, t) => {
      if (isVariable) found[bases[s]! + t] = { first: 0, last: Infinity };
    }),
  );
}
