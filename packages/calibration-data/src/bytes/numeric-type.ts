// The number types of raw bytes, and how to read them into real values.
import type { DataType } from '@wherry/graph';

/** Types that stand in files as whole bytes. */
export type NumericTypeName = Exclude<DataType, 'int4'>;

export interface NumericType {
  readonly name: NumericTypeName;
  readonly bytes: 1 | 2 | 4 | 8;
  readonly read: (view: DataView, at: number, littleEndian: boolean) => number;
}

/** 64-bit integers lose what a double cannot hold; float32, the model's type, holds less still. */
export const numericTypes: { readonly [K in NumericTypeName]: NumericType } = {
  float16: { name: 'float16', bytes: 2, read: (v, at, le) => float16(v.getUint16(at, le)) },
  float32: { name: 'float32', bytes: 4, read: (v, at, le) => v.getFloat32(at, le) },
  float64: { name: 'float64', bytes: 8, read: (v, at, le) => v.getFloat64(at, le) },
  int8: { name: 'int8', bytes: 1, read: (v, at) => v.getInt8(at) },
  int16: { name: 'int16', bytes: 2, read: (v, at, le) => v.getInt16(at, le) },
  int32: { name: 'int32', bytes: 4, read: (v, at, le) => v.getInt32(at, le) },
  int64: { name: 'int64', bytes: 8, read: (v, at, le) => Number(v.getBigInt64(at, le)) },
  uint8: { name: 'uint8', bytes: 1, read: (v, at) => v.getUint8(at) },
  uint16: { name: 'uint16', bytes: 2, read: (v, at, le) => v.getUint16(at, le) },
  uint32: { name: 'uint32', bytes: 4, read: (v, at, le) => v.getUint32(at, le) },
  uint64: { name: 'uint64', bytes: 8, read: (v, at, le) => Number(v.getBigUint64(at, le)) },
  bool: { name: 'bool', bytes: 1, read: (v, at) => (v.getUint8(at) === 0 ? 0 : 1) },
};

/** Where the machine has an array type for it, a whole record converts in one native step. */
const nativeArrays: Partial<Record<NumericTypeName, new (buffer: ArrayBufferLike) => ArrayLike<number>>> = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
};
const machineIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Reads as many values as the bytes hold. */
export function readNumbers(type: NumericType, bytes: Uint8Array, littleEndian: boolean): Float32Array {
  const count = Math.floor(bytes.byteLength / type.bytes);
  const Native = nativeArrays[type.name];
  if (Native !== undefined && (type.bytes === 1 || littleEndian === machineIsLittleEndian)) {
    // The copy is aligned, which the bytes of a file need not be.
    const native = new Native(new Uint8Array(bytes.subarray(0, count * type.bytes)).buffer);
    return native instanceof Float32Array ? native : new Float32Array(native);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = type.read(view, i * type.bytes, littleEndian);
  return values;
}

/** IEEE 754 binary16. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
