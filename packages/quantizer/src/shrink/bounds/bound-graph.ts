// What every integer of a quantized graph can be, for all inputs that there are.
import { tensorAt, type Graph, type Node, type Rounding, type TensorId } from '@wherry/graph';
import { boundsOfConstant, type BoundsContext } from './bounds-rule.js';
import { boundsRules } from './bounds-rules.js';
import { fullRange, type ChannelBounds } from './channel-bounds.js';

/** By tensor; those that are no integers with a scale have none. */
export type GraphBounds = ReadonlyMap<TensorId, ChannelBounds>;

/** Inputs take their type's whole range. `roundings`: the arithmetics in which the bounds hold. */
export function boundGraph(graph: Graph, roundings: readonly Rounding[]): GraphBounds {
  const bounds = new Map<TensorId, ChannelBounds>();
  const set = (id: TensorId, known: ChannelBounds | undefined): void => {
    if (known !== undefined) bounds.set(id, known);
  };
  graph.tensors.forEach((tensor, id) => set(id, boundsOfConstant(tensor)));
  graph.inputs.forEach((id) => set(id, fullRange(tensorAt(graph, id))));
  for (const node of graph.nodes) {
    const found = boundsRules[node.kind](contextOf(graph, node, roundings, bounds));
    node.outputs.forEach((id, position) => set(id, found[position]));
  }
  return bounds;
}

function contextOf(graph: Graph, node: Node, roundings: readonly Rounding[], bounds: GraphBounds): BoundsContext {
  const boundsOf = (position: number): ChannelBounds | undefined => {
    const id = node.inputs[position];
    return id === null || id === undefined ? undefined : bounds.get(id);
  };
  return { graph, node, roundings, boundsOf };
}
