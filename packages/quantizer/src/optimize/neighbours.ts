// Who writes and who reads a tensor, and whether anything happens to it in between.
import type { FusedActivation, Graph, Node, TensorId } from '@wherry/graph';

export function writerOf(graph: Graph, id: TensorId): Node | undefined {
  return graph.nodes.find((node) => node.outputs.includes(id));
}

/** The single node that reads `id` once; undefined when there are more, or when the tensor is a graph output. */
export function onlyReader(graph: Graph, id: TensorId): Node | undefined {
  if (graph.outputs.includes(id)) return undefined;
  const readers = graph.nodes.filter((node) => node.inputs.includes(id));
  return readers.length === 1 && readers[0]!.inputs.filter((input) => input === id).length === 1
    ? readers[0]
    : undefined;
}

/** True of operators that can have an activation, where they have none. */
export function hasNoActivation({ attributes }: Node): boolean {
  return (attributes as { readonly activation?: FusedActivation }).activation === 'NONE';
}
