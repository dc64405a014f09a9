// The public face of this package.
export { arenaWithOffsets } from './arena-with-offsets.js';
export type { ArenaEstimate } from './arena-estimate.js';
export { liveAt, maxLiveBytes, type ArenaBuffer, type ArenaPlan, type BufferOwner } from './arena-plan.js';
export {
  abiOf,
  compiledRuntime,
  isDeviceRuntime,
  isPlannedRuntime,
  plannedRuntimes,
  type Abi,
  type MemoryTarget,
  type PlannedRuntime,
} from './memory-target.js';
export { offlinePlanMetadata, offlinePlanMetadataName, type OfflinePlan } from './offline-plan.js';
export { planMemory, type MemoryPlan, type PlanOptions } from './plan-memory.js';
export { memoryTargetOf } from './target-of-profile.js';
export { validatePlan } from './validate-plan.js';
