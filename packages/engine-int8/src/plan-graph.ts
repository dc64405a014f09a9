// Decides for every node of a graph what runs it, and for every tensor where it lies.
import type { Graph, Node, TensorId } from '@wherry/graph';
import { prepareAddition } from './addition.js';
import { prepareConvolution } from './convolution.js';
import { prepareDepthwise } from './depthwise-convolution.js';
import { prepareLookUp } from './look-up.js';
import { MemoryPlan } from './memory-plan.js';
import { prepareMoving } from './moving.js';
import { preparePool } from './pooling.js';
import { prepareProduct } from './product.js';
import { prepareReduction } from './reduction.js';
import { prepareSameBytes } from './same-bytes.js';
import type { Bind, Prepare } from './step.js';

/** Of several that have a node the first is taken. */
const preparations: readonly Prepare[] = [
  prepareConvolution,
  prepareDepthwise,
  prepareSameBytes,
  prepareLookUp,
  prepareAddition,
  prepareProduct,
  preparePool,
  prepareReduction,
  prepareMoving,
];

export interface GraphPlan {
  /** Per node; undefined: the reference runs it. */
  readonly binds: readonly (Bind | undefined)[];
  /** Per node: nothing reads what it gives, so that it runs for an observer only. */
  readonly idle: readonly boolean[];
  readonly memory: MemoryPlan;
  /** Of the kernels' memory. */
  readonly bytes: number;
}

export function planGraph(graph: Graph): GraphPlan {
  const memory = new MemoryPlan(graph);
  const binds = graph.nodes.map((node, position) => {
    memory.moveTo(position);
    return bindNode(graph, node, memory);
  });
  return { binds, idle: idleNodes(graph, memory), memory, bytes: memory.layOut() };
}

function idleNodes({ nodes, outputs }: Graph, memory: MemoryPlan): boolean[] {
  const readers = new Map<TensorId, number>();
  const read = (id: TensorId): unknown => readers.set(id, (readers.get(id) ?? 0) + 1);
  outputs.forEach(read);
  for (const { inputs } of nodes) for (const id of new Set(inputs)) if (id !== null) read(id);
  return nodes.map((node) => node.outputs.every((id) => (readers.get(id) ?? 0) === memory.timesIgnored(id)));
}

function bindNode(graph: Graph, node: Node, memory: MemoryPlan): Bind | undefined {
  for (const prepare of preparations) {
    const bind = prepare(graph, node, memory);
    if (bind !== undefined) return bind;
  }
  return undefined;
}
