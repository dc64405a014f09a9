// What the checks ask about a tensor: its size, whether its shape is fixed, its values when they are constant.
import type { TfliteModel, TfliteTensor } from '../schema/table-types.js';

/** The greatest size that a signed 32-bit index reaches. */
const maxElements = 2 ** 31 - 1;

/** Number of elements of a shape, or undefined when it cannot be counted. */
export function countElements(shape: readonly number[]): number | undefined {
  if (shape.some((dimension) => dimension < 0)) return undefined;
  if (shape.includes(0)) return 0;
  let count = 1;
  for (const dimension of shape) {
    count *= dimension;
    if (count > maxElements) return undefined;
  }
  return count;
}

/** The bytes of a constant tensor; undefined when its values are only known at run time. */
export function constantBytes(model: TfliteModel, tensor: TfliteTensor): Uint8Array | undefined {
  const data = model.buffers?.[tensor.buffer]?.data;
  return data !== undefined && data.byteLength > 0 ? data : undefined;
}

/** The values of a constant index tensor as numbers; undefined when it is not constant or not of an index type. */
export function constantIntegers(model: TfliteModel, tensor: TfliteTensor): number[] | undefined {
  const bytes = constantBytes(model, tensor);
  if (bytes === undefined || tensor.sparsity !== undefined) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: number[] = [];
  if (tensor.type === 'INT32')
    for (let at = 0; at + 4 <= bytes.byteLength; at += 4) values.push(view.getInt32(at, true));
  else if (tensor.type === 'INT64') {
    for (let at = 0; at + 8 <= bytes.byteLength; at += 8) values.push(Number(view.getBigInt64(at, true)));
  } else return undefined;
  return values;
}

/**
 * The shape, when it is final. A tensor with unknown dimensions stands in the file with ones in their place, and one of
 * unknown rank with no dimensions: then only the run can tell. An unknown batch (the first dimension) does no harm: it is
 * 1 throughout the model, and that is what TensorFlow Lite Micro runs.
 */
export function staticShape(model: TfliteModel, tensor: TfliteTensor): readonly number[] | undefined {
  if (tensor.shape_signature?.some((dimension, i) => dimension < 0 && i > 0)) return undefined;
  const shape = tensor.shape ?? [];
  return shape.length > 0 || tensor.has_rank || constantBytes(model, tensor) !== undefined ? shape : undefined;
}
