// Several graphs side by side as one: inputs, nodes and outputs one after the other.
import type { Graph, Node, TensorId } from '@wherry/graph';

export function joinedGraph(graphs: readonly Graph[]): Graph {
  const tensors: Graph['tensors'][number][] = [];
  const nodes: Node[] = [];
  const inputs: TensorId[] = [];
  const outputs: TensorId[] = [];
  for (const graph of graphs) {
    const first = tensors.length;
    const moved = (id: TensorId): TensorId => first + id;
    tensors.push(...graph.tensors);
    for (const node of graph.nodes)
      nodes.push({
        ...node,
        inputs: node.inputs.map((id) => (id === null ? null : moved(id))),
        outputs: node.outputs.map(moved),
      });
    inputs.push(...graph.inputs.map(moved));
    outputs.push(...graph.outputs.map(moved));
  }
  return { name: 'joined', tensors, nodes, inputs, outputs };
}
