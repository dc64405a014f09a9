// A look at a tensor's values without a copy, where the backend keeps them in memory that can be looked at.
import type * as Tfjs from '@tensorflow/tfjs-core';

/** What the wasm backend offers its own kernels; the native one has no such memory. */
interface HeapBackend {
  typedArrayFromHeap?(tensor: Tfjs.Tensor): Float32Array | Int32Array;
}

/** The values of a float32 or int32 tensor. Valid until TensorFlow.js is next called: the heap may move, or be written over. */
export function viewOf(tf: typeof Tfjs, tensor: Tfjs.Tensor): Float32Array | Int32Array {
  const backend = tf.backend() as HeapBackend;
  return backend.typedArrayFromHeap?.(tensor) ?? (tensor.dataSync() as Float32Array | Int32Array);
}
