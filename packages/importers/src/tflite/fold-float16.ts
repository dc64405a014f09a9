// Weights stored as float16 behind a DEQUANTIZE: the same numbers as float32 constants.
import { widenHalf, type Graph, type Tensor, type TensorId } from '@wherry/graph';
import { withoutUnused } from './without-unused.js';

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
