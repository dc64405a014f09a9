// One tensor of a .tflite file as a tensor of the language: type, shape, quantization, constant data.
import {
  allocate,
  byteLength,
  dataTypes,
  type DataType,
  type Quantization,
  type Shape,
  type Tensor,
  type TensorData,
} from '@wherry/graph';
import type { TensorType, TfliteModel, TfliteTensor } from '@wherry/tflite-writer';
import { invalidModel, unsupportedFeature } from './refuse.js';

const TYPES: Readonly<Partial<Record<TensorType, DataType>>> = {
  FLOAT32: 'float32',
  FLOAT16: 'float16',
  FLOAT64: 'float64',
  INT4: 'int4',
  INT8: 'int8',
  INT16: 'int16',
  INT32: 'int32',
  INT64: 'int64',
  UINT8: 'uint8',
  UINT16: 'uint16',
  UINT32: 'uint32',
  UINT64: 'uint64',
  BOOL: 'bool',
};

const MAX_ELEMENTS = 2147483647;

/** Throws WherryError for types without a counterpart, sparse tensors, and data that does not fit the shape. */
export function readTensor(model: TfliteModel, tensor: TfliteTensor, name: string): Tensor {
  const where = `tensor ${name}`;
  const dtype =
    TYPES[tensor.type] ??
    unsupportedFeature(
      `it holds ${tensor.type}`,
      where,
      'keep strings, resources and complex numbers out of the model',
    );
  if (tensor.sparsity !== undefined)
    unsupportedFeature(
      'its values are stored sparsely',
      where,
      'convert the model without sparsity: leave out EXPERIMENTAL_SPARSITY',
    );
  if (tensor.external_buffer !== 0)
    unsupportedFeature('its values lie in another file', where, 'convert the model into one file');
  const shape = readShape(tensor, where);
  // Whatever a file holds of a variable, runtimes begin with zeros.
  const data = tensor.is_variable ? undefined : readData(model, tensor, dtype, shape, where);
  return { name, shape, dtype, quantization: readQuantization(tensor, dtype, where), ...(data && { data }) };
}

/** A dimension that the file leaves open becomes 1 until it is computed; `isOpen` tells of it. */
function readShape(tensor: TfliteTensor, where: string): Shape {
  const shape = (tensor.shape ?? []).map((size) => (size === -1 ? 1 : size));
  if (!shape.every((size) => size >= 0) || shape.reduce((count, size) => count * size, 1) > MAX_ELEMENTS) {
    invalidModel(`its shape is [${shape.join(', ')}]`, where);
  }
  return shape;
}

/** Whether the recorded shape is only a placeholder: some dimension, or even their number, is known at run time only. */
export function isOpen(tensor: TfliteTensor): boolean {
  const { shape = [], shape_signature: signature = [] } = tensor;
  return shape.length === 0 || shape.includes(-1) || signature.includes(-1);
}

/** An input of the model: its batch may be open, nothing else. Throws TFLITE_UNSUPPORTED. */
export function requireFixedInput(tensor: TfliteTensor, name: string): void {
  const sizes = (tensor.shape_signature ?? []).length > 0 ? tensor.shape_signature! : (tensor.shape ?? []);
  if (!sizes.slice(1).includes(-1)) return;
  unsupportedFeature(
    `its shape [${sizes.map((size) => (size === -1 ? 'any' : size)).join(', ')}] is open`,
    `tensor ${name}`,
    'convert the model with fixed input shapes; only the batch may be open',
  );
}

/** Floats have no scale; neither have integers whose recorded scale is not a number to divide by. */
function readQuantization(tensor: TfliteTensor, dtype: DataType, where: string): Quantization | undefined {
  const { quantization } = tensor;
  const scale = quantization?.scale ?? [];
  if (quantization === undefined || dtype.startsWith('float')) return undefined;
  if (quantization.details !== undefined)
    unsupportedFeature(
      `it is quantized by ${quantization.details.type}`,
      where,
      'convert with per-tensor or per-channel quantization',
    );
  if (scale.length === 0) return undefined;
  if (!scale.every((value) => Number.isFinite(value) && value > 0)) {
    // Converters write a scale of 0 for shapes and indices.
    return dtype === 'int32' || dtype === 'int64' || dtype === 'bool'
      ? undefined
      : invalidModel('it has a scale that is not a positive number', where);
  }
  const zeroPoints = quantization.zero_point ?? [];
  if (zeroPoints.length > 1 && zeroPoints.length !== scale.length)
    invalidModel(`it has ${scale.length} scales and ${zeroPoints.length} zero points`, where);
  const zeroPoint = scale.map((_, i) => Number(zeroPoints[i] ?? zeroPoints[0] ?? 0n));
  return { scale: [...scale], zeroPoint, axis: scale.length === 1 ? 0 : quantization.quantized_dimension };
}

/** A buffer that holds bytes makes a constant. */
function readData(
  model: TfliteModel,
  tensor: TfliteTensor,
  dtype: DataType,
  shape: Shape,
  where: string,
): TensorData | undefined {
  const buffer = model.buffers?.[tensor.buffer];
  if (buffer === undefined && tensor.buffer !== 0)
    return invalidModel(`its buffer ${tensor.buffer} does not exist`, where);
  const bytes = buffer?.data;
  const count = shape.reduce((product, size) => product * size, 1);
  // A constant without elements, such as the shape of a scalar, has a buffer of its own with nothing in it.
  if (count === 0 && tensor.buffer !== 0) return allocate(dtype, 0);
  if (bytes === undefined || bytes.length === 0) return undefined;
  const expected = byteLength(dtype, count);
  if (bytes.length !== expected)
    return invalidModel(`its ${count} ${dtype} values take ${expected} bytes, its buffer has ${bytes.length}`, where);
  return dtype === 'int4' ? unpackInt4(bytes, count) : copyAs(dtype, bytes);
}

/** The copy is aligned, which a view into the file need not be. .tflite is little-endian, as is every host that runs this. */
function copyAs(dtype: DataType, bytes: Uint8Array): TensorData {
  const copy = new Uint8Array(bytes);
  return new dataTypes[dtype].array(copy.buffer);
}

/** Two values a byte, the lower half first, sign-extended. */
function unpackInt4(bytes: Uint8Array, count: number): Int8Array {
  return Int8Array.from({ length: count }, (_, i) => ((bytes[i >> 1]! >> (4 * (i & 1))) << 28) >> 28);
}
