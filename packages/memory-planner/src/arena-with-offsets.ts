// The arena of a model that carries offsets of its own, whoever planned them.
import type { Graph, TensorId } from '@wherry/graph';
import { estimateArena, type ArenaEstimate } from './arena-estimate.js';
import { greedyPlan } from './greedy-plan.js';
import { nodeMemory } from './kernel-memory/node-memory.js';
import { liveRanges } from './live-ranges.js';
import { runtimeAlignment, type MemoryTarget } from './memory-target.js';

/** `offsets`: of tensors that the runtime does not place by itself; it never questions them. */
export function arenaWithOffsets(
  graph: Graph,
  target: MemoryTarget,
  offsets: ReadonlyMap<TensorId, number>,
): ArenaEstimate {
  const nodes = nodeMemory(graph, target);
  const buffers = liveRanges(
    graph,
    nodes.map(({ prepare }) => prepare.scratch ?? []),
    Math.max(runtimeAlignment, target.alignment),
  );
  const fixed = buffers.map(({ owner }) => (owner.kind === 'tensor' ? offsets.get(owner.tensor) : undefined));
  return estimateArena(graph, nodes, greedyPlan(buffers, fixed).bytes, buffers.length, target);
}
