// One node made ready: what it needs of the kernels' memory is planned first, then it is bound to kernels with that memory.
import type { Graph, Node } from '@wherry/graph';
import type { Kernels } from './kernels.js';
import type { MemoryPlan } from './memory-plan.js';

/** From the tensors' places in the kernels' memory to the output's. */
export type Run = () => void;

/** Called when the plan is laid out. */
export type Bind = (kernels: Kernels) => Run;

/**
 * Undefined when the kernels do not have this node; the reference then runs it, and nothing may have been asked of the plan.
 * Decided by the node and the specifications of its operands alone, so that a graph runs on the same kernels every time.
 */
export type Prepare = (graph: Graph, node: Node, plan: MemoryPlan) => Bind | undefined;
