// The stage: lifetimes, the runtime's own plan, the best plan we find, and what the arena comes to with each.
import type { Graph } from '@wherry/graph';
import { estimateArena, type ArenaEstimate } from './arena-estimate.js';
import { maxLiveBytes, type ArenaBuffer, type ArenaPlan } from './arena-plan.js';
import { greedyPlan } from './greedy-plan.js';
import { nodeMemory } from './kernel-memory/node-memory.js';
import { liveRanges } from './live-ranges.js';
import { isPlannedTarget, runtimeAlignment, type MemoryTarget } from './memory-target.js';
import { offlinePlan, type OfflinePlan } from './offline-plan.js';
import { defaultSearchSteps, searchPlan } from './search-plan.js';
import { validatePlan } from './validate-plan.js';

export interface MemoryPlan {
  readonly target: MemoryTarget;
  readonly alignment: number;
  readonly buffers: readonly ArenaBuffer[];
  /** The most bytes live at once: no plan is smaller. */
  readonly lowerBound: number;
  /** What the runtime plans for itself. */
  readonly online: ArenaPlan;
  /** The smallest plan found; `optimal` when none can be smaller. */
  readonly best: ArenaPlan & { readonly optimal: boolean };
  /** The arena of a model without a plan in it. */
  readonly estimate: ArenaEstimate;
  /** The arena with a plan of `lowerBound` bytes, which there may not be: none of this graph is smaller. */
  readonly least: ArenaEstimate;
  /** What carrying the best plan in the model would give; absent where the runtime's own plan is as small. */
  readonly offline?: OfflinePlan & { readonly estimate: ArenaEstimate };
}

export interface PlanOptions {
  /** Placements that the search may try. */
  readonly searchSteps?: number;
  /** A plan that was made before: where its buffers are the same, nothing is searched again. */
  readonly known?: MemoryPlan;
}

/** Never throws for a graph that `verify` accepts; a plan that the validator rejects is a bug and is thrown as one. */
export function planMemory(graph: Graph, target: MemoryTarget, options: PlanOptions = {}): MemoryPlan {
  const alignment = Math.max(runtimeAlignment, target.alignment);
  const nodes = nodeMemory(graph, target);
  const buffers = liveRanges(
    graph,
    nodes.map(({ prepare }) => prepare.scratch ?? []),
    alignment,
  );
  const online = greedyPlan(buffers);
  const known = options.known !== undefined && sameBuffers(options.known.buffers, buffers) ? options.known : undefined;
  const { plan, optimal } =
    known === undefined
      ? searchPlan(buffers, online, options.searchSteps ?? defaultSearchSteps)
      : { plan: { offsets: known.best.offsets, bytes: known.best.bytes }, optimal: known.best.optimal };
  const offline = offlinePlan(graph, buffers, plan);
  for (const candidate of [online, plan, offline.plan]) assertSound(buffers, candidate, alignment);
  const estimate = (bytes: number): ArenaEstimate => estimateArena(graph, nodes, bytes, buffers.length, target);
  const lowerBound = maxLiveBytes(buffers);
  return {
    target,
    alignment,
    buffers,
    online,
    lowerBound,
    best: { ...plan, optimal },
    // Where the planner is not known, what can be planned counts.
    estimate: estimate(isPlannedTarget(target) ? online.bytes : plan.bytes),
    least: estimate(lowerBound),
    ...(isPlannedTarget(target) && offline.plan.bytes < online.bytes
      ? { offline: { ...offline, estimate: estimate(offline.plan.bytes) } }
      : {}),
  };
}

/** In size and time; whose they are does not matter to a plan. */
function sameBuffers(a: readonly ArenaBuffer[], b: readonly ArenaBuffer[]): boolean {
  return (
    a.length === b.length &&
    a.every((buffer, i) => {
      const { bytes, firstStep, lastStep } = b[i]!;
      return buffer.bytes === bytes && buffer.firstStep === firstStep && buffer.lastStep === lastStep;
    })
  );
}

function assertSound(buffers: readonly ArenaBuffer[], plan: ArenaPlan, alignment: number): void {
  const faults = validatePlan(buffers, plan, alignment);
  if (faults.length > 0) throw new Error(`unsound memory plan: ${faults.join('; ')}`);
}
