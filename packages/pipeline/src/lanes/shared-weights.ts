// Constants in memory that all threads see, so that each lane need not have a copy.
import type { Graph, Tensor, TensorData } from '@wherry/graph';

const alignment = 16;

/** The same graph. */
export function withSharedWeights(graph: Graph): Graph {
  const isOwn = (data: TensorData | undefined): data is TensorData =>
    data !== undefined && !(data.buffer instanceof SharedArrayBuffer);
  const own = [...new Set(graph.tensors.map(({ data }) => data).filter(isOwn))];
  const places = new Map<TensorData, number>();
  let bytes = 0;
  for (const data of own) {
    places.set(data, bytes);
    bytes += Math.ceil(data.byteLength / alignment) * alignment;
  }
  // One piece for all: it goes back to the system as one.
  const memory = new SharedArrayBuffer(bytes);
  const shared = new Map(own.map((data) => [data, copyTo(memory, places.get(data)!, data)]));
  return {
    ...graph,
    tensors: graph.tensors.map((tensor): Tensor =>
      isOwn(tensor.data) ? { ...tensor, data: shared.get(tensor.data)! } : tensor,
    ),
  };
}

function copyTo(memory: SharedArrayBuffer, at: number, data: TensorData): TensorData {
  const View = data.constructor as new (buffer: SharedArrayBuffer, at: number, length: number) => Float32Array;
  const copy = new View(memory, at, data.length);
  copy.set(data as Float32Array);
  return copy;
}
