// What the quantized graph can do without: by proof, bit for bit.
import type { Graph, TensorId } from '@wherry/graph';
import { schemes, shrink, type OptimizationStep } from '@wherry/quantizer';
import type { Made } from '../deployment.js';

/** Graphs that compute in real numbers are left as they are: their sums depend on the order. */
export function makeSmaller(made: Made): { readonly quantized: Made; readonly steps: readonly OptimizationStep[] } {
  if (schemes[made.plan.scheme].activations.kind === 'real') return { quantized: made, steps: [] };
  const { graph, steps } = shrink(made.graph);
  if (graph === made.graph) return { quantized: made, steps: [] };
  return { quantized: { ...made, graph, tensorOf: renumbered(made, graph) }, steps };
}

/** Tensors have other numbers afterwards, and the names that they had. */
function renumbered({ graph: before, tensorOf }: Made, after: Graph): ReadonlyMap<TensorId, TensorId> {
  const byName = new Map(after.tensors.map(({ name }, id) => [name, id]));
  return new Map(
    [...tensorOf].flatMap(([float, id]) => {
      const found = byName.get(before.tensors[id]!.name);
      return found === undefined ? [] : [[float, found] as const];
    }),
  );
}
