// Layers whose weights can be found: with constants of their own, of operators that say what weights are multiplied by.
import { operatorOf, weightedOperands, type Graph, type Node } from '@wherry/graph';
import { weightedLayer, type WeightedLayer } from '../optimize/weighted-layer.js';

export interface OwnLayer {
  readonly node: Node;
  /** In `graph.nodes`. */
  readonly position: number;
  readonly layer: WeightedLayer;
}

/** In the order of the nodes. What two layers share is left as it is: one could not do without the other. */
export function ownLayers(graph: Graph): readonly OwnLayer[] {
  return graph.nodes.flatMap((node, position) => {
    const layer = weightedLayer(graph, node);
    if (layer === undefined || operatorOf(node.kind).patches === undefined) return [];
    const { weights, bias } = weightedOperands(node.kind)!;
    const isOwn = [weights, bias!].every((input) => {
      const id = node.inputs[input] ?? null;
      return id !== null && graph.nodes.filter(({ inputs }) => inputs.includes(id)).length === 1;
    });
    return isOwn ? [{ node, position, layer }] : [];
  });
}
