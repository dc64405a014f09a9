// What the target says of a run: how to quantize for it, what memory it has, and that nothing illegal leaves.
import { WherryError, type Graph } from '@wherry/graph';
import { memoryTargetOf, type MemoryTarget } from '@wherry/memory-planner';
import { checkGraph, faultsOf, type Target } from '@wherry/profiles';
import { workAround, type Applied, type OptimizationStep } from '@wherry/quantizer';
import { pipelineDiagnostics } from './diagnostics.js';

export function requireMemoryTarget({ profile }: Target): MemoryTarget {
  const target = memoryTargetOf(profile);
  if (target !== undefined) return target;
  throw new WherryError(pipelineDiagnostics.RUNTIME_WITHOUT_ARENA, {
    what: `the arena of ${profile.runtime.name} cannot be foretold`,
    where: `device profile ${profile.id}`,
    next: 'choose a profile that runs TensorFlow Lite Micro',
  });
}

/** The graph written so that known faults of the target's runtime cannot show; `steps` say what was done. */
export function avoidFaults<F extends Applied>(
  target: Target,
  selected: F,
): { readonly quantized: F; readonly steps: readonly OptimizationStep[] } {
  const { graph, written, steps } = workAround(selected.graph, faultsOf(target, selected.graph));
  const tensorOf = new Map([...selected.tensorOf].map(([float, id]) => [float, written.get(id) ?? id]));
  return { quantized: { ...selected, graph, tensorOf }, steps };
}

/** Nothing illegal leaves: the first rule that the target's kernels break, with how many more there are. */
export function requireLegal(target: Target, graph: Graph): void {
  const [first, ...more] = checkGraph(target, graph);
  if (first === undefined) return;
  throw new WherryError(pipelineDiagnostics.TARGET_CANNOT_RUN, {
    ...first,
    what:
      more.length === 0
        ? first.what
        : `${first.what} (and ${more.length} more such layers: ${more
            .slice(0, 3)
            .map((each) => each.where)
            .join(', ')})`,
  });
}
