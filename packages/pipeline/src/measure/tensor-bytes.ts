// Tensors as the bytes that a device has of them. Every machine that runs this is little-endian, as the devices are.
import { allocate, elementCount, tensorAt, type Graph, type TensorData, type TensorId } from '@wherry/graph';

/** A copy: executors reuse their memory. */
export function bytesOf(data: TensorData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
}

/** Of the type that the graph says. */
export function dataOf(graph: Graph, id: TensorId, bytes: Uint8Array): TensorData {
  const { dtype, shape } = tensorAt(graph, id);
  const data = allocate(dtype, elementCount(shape));
  new Uint8Array(data.buffer).set(bytes);
  return data;
}
