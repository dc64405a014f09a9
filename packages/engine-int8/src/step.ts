// One node made ready: what it needs of the kernels' memory is planned first, then it is bound to kernels with that memory.
import { elementCount, type Graph, type Node, type Shape, type TensorData } from '@wherry/graph';
import type { Kernels } from './kernels.js';
import type { MemoryPlan } from './memory-plan.js';

/** Fills the outputs of one node from the values so far. */
export type Run = (values: (TensorData | undefined)[]) => void;

export type Bind = (kernels: Kernels) => Run;

/** Undefined when the kernels do not have this node; the reference then runs it. */
export type Prepare = (graph: Graph, node: Node, plan: MemoryPlan) => Bind | undefined;

/** int8 values in the kernels' memory. */
export class Buffer8 {
  readonly at: number;
  readonly #count: number;

  constructor(plan: MemoryPlan, shape: Shape) {
    this.#count = elementCount(shape);
    this.at = plan.reserve(this.#count);
  }

  /** The values where they lie; valid as long as the kernels are in use. */
  view({ memory }: Kernels): Int8Array {
    return new Int8Array(memory.buffer, this.at, this.#count);
  }
}
