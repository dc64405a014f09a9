// The memory that a graph takes on the target: planned for the interpreter there, or by the compiler where there is none.
import { measureCompiled, type CompiledMemory } from '@wherry/c-compiler';
import type { Graph } from '@wherry/graph';
import {
  compiledRuntime,
  planMemory,
  type ArenaBuffer,
  type ArenaEstimate,
  type MemoryPlan,
  type MemoryTarget,
  type PlanOptions,
} from '@wherry/memory-planner';

export interface TargetMemory extends MemoryPlan {
  /** Of a model that becomes C. */
  readonly compiled?: CompiledMemory;
}

/** Throws COMPILED_KERNEL where a layer cannot be compiled. */
export function planTargetMemory(graph: Graph, target: MemoryTarget, options?: PlanOptions): TargetMemory {
  return target.runtime === compiledRuntime ? planCompiled(graph, target) : planMemory(graph, target, options);
}

/** Step 0 is in front of the first layer there; the compiler calls it -1. */
const firstStep = 1;

function planCompiled(graph: Graph, target: MemoryTarget): TargetMemory {
  const { memory, arena } = measureCompiled(graph, {
    simd: target.simd ?? null,
    instructionSet: target.instructionSet,
  });
  const buffers = arena.blocks.map(({ tensors: [tensor], ...block }): ArenaBuffer => ({
    owner: tensor === undefined ? { kind: 'scratch', node: block.firstStep, position: 0 } : { kind: 'tensor', tensor },
    bytes: block.bytes,
    firstStep: block.firstStep + firstStep,
    lastStep: block.lastStep + firstStep,
  }));
  const { offsets, bytes } = arena;
  const estimate: ArenaEstimate = {
    usedBytes: bytes,
    activationBytes: bytes,
    persistentBytes: 0,
    leastArenaBytes: bytes,
  };
  return {
    target,
    alignment: arena.alignment,
    buffers,
    // Buffers overlap: what they come to together is no bound.
    lowerBound: bytes,
    online: { offsets, bytes },
    best: { offsets, bytes, optimal: false },
    estimate,
    least: estimate,
    compiled: memory,
  };
}
