// The element types of tensors, and the typed arrays that hold them.

/** TFLite's names in lower case; `bool` is one byte, 0 or 1. */
export type DataType =
  | 'float32'
  | 'float16'
  | 'float64'
  | 'int4'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'bool';

/** Elements in C order. float16 travels as its bit pattern in a Uint16Array, int4 unpacked in an Int8Array. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

interface Storage {
  readonly array: { new (length: number): TensorData; new (buffer: ArrayBuffer): TensorData };
  /** Bytes of one element in a file; 0.5 for the packed 4-bit type. */
  readonly bytes: number;
  /** Least and greatest value of an integer type. */
  readonly range?: readonly [number, number];
}

export const dataTypes: { readonly [K in DataType]: Storage } = {
  float32: { array: Float32Array, bytes: 4 },
  float16: { array: Uint16Array, bytes: 2 },
  float64: { array: Float64Array, bytes: 8 },
  int4: { array: Int8Array, bytes: 0.5, range: [-8, 7] },
  int8: { array: Int8Array, bytes: 1, range: [-128, 127] },
  int16: { array: Int16Array, bytes: 2, range: [-32768, 32767] },
  int32: { array: Int32Array, bytes: 4, range: [-2147483648, 2147483647] },
  int64: { array: BigInt64Array, bytes: 8 },
  uint8: { array: Uint8Array, bytes: 1, range: [0, 255] },
  uint16: { array: Uint16Array, bytes: 2, range: [0, 65535] },
  uint32: { array: Uint32Array, bytes: 4, range: [0, 4294967295] },
  uint64: { array: BigUint64Array, bytes: 8 },
  bool: { array: Uint8Array, bytes: 1, range: [0, 1] },
};

/** The least and greatest value of an integer type that fits a double. Throws RangeError for the others. */
export function integerRange(dtype: DataType): readonly [number, number] {
  const range = dataTypes[dtype].range;
  if (range === undefined) throw new RangeError(`${dtype} has no integer range`);
  return range;
}

export function allocate(dtype: DataType, elements: number): TensorData {
  return new dataTypes[dtype].array(elements);
}

/** Bytes that `elements` values take in a file and in the arena. */
export function byteLength(dtype: DataType, elements: number): number {
  return Math.ceil(dataTypes[dtype].bytes * elements);
}
