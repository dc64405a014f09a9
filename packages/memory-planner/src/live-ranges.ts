// Which tensors and scratch buffers live in the arena, and from which step to which.
import {
  dataTypes,
  elementCount,
  intermediatesOf,
  statesOf,
  tensorAt,
  type Graph,
  type Tensor,
  type TensorId,
} from '@wherry/graph';
import type { ArenaBuffer } from './arena-plan.js';
import { alignUp } from './memory-target.js';

/**
 * The tensors of the graph as a model holds them: only those in use, in the order of their first use, inputs first. The
 * runtime keeps a record of each, and of two equally large ones places the later first.
 */
export function tensorsInUse(graph: Graph): readonly TensorId[] {
  const used = [...graph.inputs, ...graph.nodes.flatMap((node) => [...node.inputs, ...node.outputs]), ...graph.outputs];
  return [...new Set(used)].filter((id) => id !== null);
}

/** Of the model: those in use, and those of no content that some operators have beside their operands, which stand last. */
export function tensorCount(graph: Graph): number {
  return graph.nodes.reduce((sum, node) => sum + intermediatesOf(graph, node).length, tensorsInUse(graph).length);
}

/**
 * Tensors first, in the order of their first use, then scratch buffers in the order of the nodes: the order in which TensorFlow
 * Lite Micro hands them to its planner, which matters where sizes are equal. Constants are read from the model itself, and states lie for good where nothing is planned.
 *
 * @param scratch bytes of the scratch buffers of each node
 */
export function liveRanges(
  graph: Graph,
  scratch: readonly (readonly number[])[],
  alignment: number,
): readonly ArenaBuffer[] {
  const { first, last } = tensorSteps(graph);
  const states = new Set(statesOf(graph));
  const tensors = tensorsInUse(graph).flatMap((id): ArenaBuffer[] => {
    const tensor = tensorAt(graph, id);
    const bytes = arenaBytes(tensor);
    if (tensor.data !== undefined || states.has(id) || bytes === 0) return [];
    return [
      {
        owner: { kind: 'tensor', tensor: id },
        bytes: alignUp(bytes, alignment),
        firstStep: first[id]!,
        lastStep: last[id]!,
      },
    ];
  });
  const scratches = scratch.flatMap((sizes, node) =>
    sizes.map((bytes, position): ArenaBuffer => ({
      owner: { kind: 'scratch', node, position },
      bytes: alignUp(bytes, alignment),
      firstStep: node + 1,
      lastStep: node + 1,
    })),
  );
  return [...tensors, ...scratches];
}

/** Bytes of a tensor in the arena, where 4-bit values take a byte each. */
export function arenaBytes(tensor: Pick<Tensor, 'shape' | 'dtype'>): number {
  return elementCount(tensor.shape) * Math.max(1, dataTypes[tensor.dtype].bytes);
}

function tensorSteps(graph: Graph): { readonly first: readonly number[]; readonly last: readonly number[] } {
  const first = graph.tensors.map(() => -1);
  const last = graph.tensors.map(() => -1);
  const create = (id: number, step: number): void => {
    if (first[id] === -1) first[id] = step;
    last[id] = step;
  };
  for (const id of graph.inputs) create(id, 0);
  graph.nodes.forEach((node, index) => {
    for (const id of node.outputs) create(id, index + 1);
    for (const id of node.inputs) if (id !== null) last[id] = index + 1;
  });
  for (const id of graph.outputs) create(id, graph.nodes.length);
  return { first, last };
}
