// Leaves out the tensors that nothing refers to.
import type { Graph, TensorId } from '@wherry/graph';

/** Numbers the tensors anew, leaving out those that nothing refers to any more. */
export function withoutUnused(graph: Graph): Graph {
  const used = new Set<TensorId>([...graph.inputs, ...graph.outputs]);
  for (const node of graph.nodes) {
    for (const id of [...node.inputs, ...node.outputs]) if (id !== null) used.add(id);
  }
  const kept = graph.tensors.map((_, id) => id).filter((id) => used.has(id));
  const renumbered = new Map(kept.map((id, position) => [id, position]));
  const move = (id: TensorId): TensorId => renumbered.get(id)!;
  const nodes = graph.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map((id) => (id === null ? null : move(id))),
    outputs: node.outputs.map(move),
  }));
  return {
    ...graph,
    nodes,
    tensors: kept.map((id) => graph.tensors[id]!),
    inputs: graph.inputs.map(move),
    outputs: graph.outputs.map(move),
  };
}
