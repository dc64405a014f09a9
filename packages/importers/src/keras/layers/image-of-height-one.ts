// Sequences [N, T, C] as images [N, 1, T, C] and back: TFLite convolves and pools images only.
import type { TensorId } from '@wherry/graph';
import type { LayerGraph } from '../layer-graph.js';

export function asImage(graph: LayerGraph, id: TensorId): TensorId {
  const [batch, steps, channels] = graph.shape(id) as [number, number, number];
  return graph.reshape(id, [batch, 1, steps, channels]);
}

export function fromImage(graph: LayerGraph, id: TensorId): TensorId {
  const [batch, , steps, channels] = graph.shape(id) as [number, number, number, number];
  return graph.reshape(id, [batch, steps, channels]);
}
