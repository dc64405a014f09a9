// Constants in memory that all threads see, so that each lane need not have a copy.
import type { Graph, Tensor, TensorData } from '@wherry/graph';

/** Smaller ones cost less to copy. */
const leastBytes = 4096;

/** The same graph. */
export function withSharedWeights(graph: Graph): Graph {
  const shared = new Map<TensorData, TensorData>();
  return {
    ...graph,
    tensors: graph.tensors.map((tensor): Tensor => {
      const { data } = tensor;
      if (data === undefined || data.byteLength < leastBytes || data.buffer instanceof SharedArrayBuffer) return tensor;
      const known = shared.get(data) ?? copyOf(data);
      shared.set(data, known);
      return { ...tensor, data: known };
    }),
  };
}

function copyOf(data: TensorData): TensorData {
  const make = data.constructor as new (buffer: SharedArrayBuffer) => TensorData;
  const copy =
    make === Float32Array
      ? new Float32Array(new SharedArrayBuffer(data.byteLength))
      : new make(new SharedArrayBuffer(data.byteLength));
  (copy as Float32Array).set(data as Float32Array);
  return copy;
}
