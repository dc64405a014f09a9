// Which tensors have the same bytes: views, that no call is made for.
import { operatorOf, statesOf, tensorAt, type Graph, type TensorId } from '@wherry/graph';

/** For each tensor the one whose bytes it has: itself, or what it was reshaped from. */
export function sameBytes(graph: Graph): readonly TensorId[] {
  const owners = graph.tensors.map((_, id) => id);
  for (const node of graph.nodes) {
    if (!isView(graph, node)) continue;
    owners[node.outputs[0]!] = owners[node.inputs[0]!]!;
  }
  return owners;
}

/** Whether a node's output has the bytes of its input, so that nothing is to be done. Constants lie elsewhere. */
export function isView(graph: Graph, { kind, inputs }: Graph['nodes'][number]): boolean {
  return operatorOf(kind).traits.sameBytes === true && tensorAt(graph, inputs[0]!).data === undefined;
}

/** Those that are in the arena, by the one whose bytes they have. */
export function groupsOf(graph: Graph, owners: readonly TensorId[]): ReadonlyMap<TensorId, TensorId[]> {
  const groups = new Map<TensorId, TensorId[]>();
  const made = [...graph.inputs, ...statesOf(graph), ...graph.nodes.flatMap(({ outputs }) => outputs)];
  for (const id of made) {
    const owner = owners[id]!;
    groups.set(owner, [...(groups.get(owner) ?? []), id]);
  }
  return groups;
}
