// What the target says of a run: how to quantize for it, what memory it has, and that nothing illegal leaves.
import { WherryError, type Graph } from '@wherry/graph';
import { memoryTargetOf, type MemoryTarget } from '@wherry/memory-planner';
import { checkGraph, faultsOf, usableRows, type Target } from '@wherry/profiles';
import { workAround, type Form, type OptimizationStep, type SelectOptions } from '@wherry/quantizer';
import type { DeployRequest } from './deployment.js';
import { pipelineDiagnostics } from './diagnostics.js';
import { requireHonoured } from './honoured-settings.js';

export function selectOptions(request: DeployRequest, target: Target): SelectOptions {
  return {
    ...requireHonoured(request, target),
    scheme: 'int8',
    method: request.method,
    percentile: request.percentile,
    correctBias: request.biasCorrection,
    equalize: request.equalization,
    budgetSeconds: request.budgetSeconds,
    compactMatrices: request.compactMatrices,
    granularity: (kind) => {
      const rows = usableRows(target, kind).filter(
        (row) => row.activations === 'int8' && row.granularity !== undefined,
      );
      return rows.some((row) => row.granularity!.includes('per-axis')) || rows.length === 0 ? 'per-axis' : 'per-tensor';
    },
  };
}

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
export function avoidFaults<F extends Form>(
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
