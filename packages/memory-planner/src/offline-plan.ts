// The plan as a model can carry it: offsets that TensorFlow Lite Micro follows instead of planning on the device.
import type { Graph } from '@wherry/graph';
import type { ArenaBuffer, ArenaPlan } from './arena-plan.js';
import { greedyPlan } from './greedy-plan.js';
import { tensorCount, tensorsInUse } from './live-ranges.js';

/** Name of the metadata entry that the runtime looks for. */
export const offlinePlanMetadataName = 'OfflineMemoryAllocation';

/** "Not planned here": the runtime decides. */
const plannedOnDevice = -1;

export interface OfflinePlan {
  /** One offset per tensor in use, in the order of first use (which is how models are written), -1 for constants and states. */
  readonly tensorOffsets: readonly number[];
  /** What the runtime's planner makes of these offsets once it has put the scratch buffers into the gaps. */
  readonly plan: ArenaPlan;
}

export function offlinePlan(graph: Graph, buffers: readonly ArenaBuffer[], wanted: ArenaPlan): OfflinePlan {
  const fixed = buffers.map(({ owner }, i) => (owner.kind === 'tensor' ? wanted.offsets[i]! : undefined));
  const byTensor = new Map(
    buffers.map(({ owner }, i) => [owner.kind === 'tensor' ? owner.tensor : undefined, fixed[i]]),
  );
  const planned = tensorsInUse(graph).map((id) => byTensor.get(id) ?? plannedOnDevice);
  const others = Array.from({ length: tensorCount(graph) - planned.length }, () => plannedOnDevice);
  const tensorOffsets = [...planned, ...others];
  return { tensorOffsets, plan: greedyPlan(buffers, fixed) };
}

/**
 * The contents of the metadata's buffer as 32-bit integers, little-endian in the file: version 1, subgraph 0, number of
 * tensors, offsets. Source: TensorFlow Lite Micro, docs/memory_management.md.
 */
export function offlinePlanMetadata({ tensorOffsets }: OfflinePlan): Int32Array {
  return Int32Array.of(1, 0, tensorOffsets.length, ...tensorOffsets);
}
