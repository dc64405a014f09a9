// Weights stored as float16 behind a DEQUANTIZE: the same numbers as float32 constants.
import type { Graph, Node, Tensor, TensorId } from '@wherry/graph';
import { widenHalf } from '../half-float.js';

/** Such files are float models packed small. The kernels of the language know no float16, and need not. */
export function foldFloat16(graph: Graph): Graph {
  const widened = new Map<TensorId, Tensor>();
  const nodes = graph.nodes.filter((node) => {
    const source = node.kind === 'DEQUANTIZE' ? graph.tensors[node.inputs[0] ?? -1] : undefined;
    const target = node.outputs[0];
    if (source?.dtype !== 'float16' || source.data === undefined || target === undefined) return true;
    const { name, shape } = graph.tensors[target]!;
    widened.set(target, {
      name,
      shape,
      dtype: 'float32',
      data: Float32Array.from(source.data as Uint16Array, widenHalf),
    });
    return false;
  });
  if (widened.size === 0) return graph;
  return withoutUnused({ ...graph, nodes, tensors: graph.tensors.map((tensor, id) => widened.get(id) ?? tensor) });
}

/** Numbers the tensors anew, leaving out those that nothing refers to any more. */
function withoutUnused(graph: Graph): Graph {
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
    nodes: nodes as readonly Node[],
    tensors: kept.map((id) => graph.tensors[id]!),
    inputs: graph.inputs.map(move),
    outputs: graph.outputs.map(move),
  };
}
