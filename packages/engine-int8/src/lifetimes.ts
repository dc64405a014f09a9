// When each tensor of a graph is alive: from the node that writes it to the last one that reads it.
import type { Graph, TensorId } from '@wherry/graph';

/** Positions of nodes, both of them included. Graph inputs begin at -1; graph outputs end behind the last node. */
export interface Lifetime {
  readonly first: number;
  readonly last: number;
}

export function lifetimesOf({ inputs, nodes, outputs }: Graph): ReadonlyMap<TensorId, Lifetime> {
  const lifetimes = new Map<TensorId, Lifetime>();
  for (const id of inputs) lifetimes.set(id, { first: -1, last: -1 });
  const readAt = (id: TensorId | null, last: number): void => {
    const lifetime = id === null ? undefined : lifetimes.get(id);
    if (lifetime !== undefined) lifetimes.set(id!, { ...lifetime, last });
  };
  nodes.forEach((node, position) => {
    node.inputs.forEach((id) => readAt(id, position));
    for (const id of node.outputs) lifetimes.set(id, { first: position, last: position });
  });
  outputs.forEach((id) => readAt(id, nodes.length));
  return lifetimes;
}
