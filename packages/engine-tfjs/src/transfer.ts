// Values on their way into TensorFlow.js and out of it.
import { allocate, type DataType, type TensorData } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';

/** TensorFlow.js has float32, int32 and bool; 64-bit indices travel as int32. */
export function upload(tf: typeof Tfjs, data: TensorData, shape: readonly number[], dtype: DataType): Tfjs.Tensor {
  if (dtype === 'float32') return tf.tensor(data as Float32Array, [...shape], 'float32');
  return tf.tensor(Int32Array.from(data, Number), [...shape], 'int32');
}

export function download(tensor: Tfjs.Tensor, dtype: DataType): TensorData {
  return inDataType(tensor.dataSync() as Float32Array | Int32Array, dtype);
}

export function inDataType(data: Float32Array | Int32Array, dtype: DataType): TensorData {
  if (dtype === 'float32') return data;
  const result = allocate(dtype, data.length);
  for (let i = 0; i < data.length; i++) result[i] = result instanceof BigInt64Array ? BigInt(data[i]!) : data[i]!;
  return result;
}
