// What the user calls a tensor of the float graph: the layer that makes it, or the input.
import { tensorAt, type Graph, type TensorId } from '@wherry/graph';

export function layerName(graph: Graph, id: TensorId): string {
  const writer = graph.nodes.find(({ outputs }) => outputs.includes(id));
  return writer?.origin ?? `input ${tensorAt(graph, id).name}`;
}
