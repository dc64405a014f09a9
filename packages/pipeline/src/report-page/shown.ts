// What the page of a run shows that no report has.
import type { Graph } from '@wherry/graph';
import type { Evidence } from '../evidence/evidence.js';
import type { TargetMemory } from '../plan-target-memory.js';

export interface Shown {
  /** As it runs on the device. */
  readonly graph: Graph;
  readonly memory: TargetMemory;
  /** Absent where nothing was measured. */
  readonly evidence?: Evidence | undefined;
  /** Of the first output, where they are known. */
  readonly classNames?: readonly string[] | undefined;
}
