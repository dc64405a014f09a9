// Turns stored bytes into typed arrays and strings.
import { widenHalf, type TensorData } from '@wherry/graph';
import { cursorOver } from './cursor.js';
import type { Datatype, NumberFormat } from './datatype.js';
import { globalHeapObject } from './global-heap.js';
import type { Hdf5File } from './hdf5-file.js';
import { invalid } from './refuse.js';
import { beforeNul, readText } from './text.js';

/** 16-bit floats come widened to float32, which holds each of them exactly. */
export type Values =
  | { readonly kind: 'numbers'; readonly data: TensorData }
  | { readonly kind: 'strings'; readonly data: readonly string[] };

type Reader = (view: DataView, at: number, littleEndian: boolean) => number | bigint;

interface NumberLayout {
  readonly allocate: (count: number) => TensorData;
  readonly read: Reader;
}

const LAYOUTS: { readonly [K in NumberFormat]: NumberLayout } = {
  float16: { allocate: (n) => new Float32Array(n), read: (v, at, le) => widenHalf(v.getUint16(at, le)) },
  bfloat16: { allocate: (n) => new Float32Array(n), read: (v, at, le) => widenBrain(v.getUint16(at, le)) },
  float32: { allocate: (n) => new Float32Array(n), read: (v, at, le) => v.getFloat32(at, le) },
  float64: { allocate: (n) => new Float64Array(n), read: (v, at, le) => v.getFloat64(at, le) },
  int8: { allocate: (n) => new Int8Array(n), read: (v, at) => v.getInt8(at) },
  int16: { allocate: (n) => new Int16Array(n), read: (v, at, le) => v.getInt16(at, le) },
  int32: { allocate: (n) => new Int32Array(n), read: (v, at, le) => v.getInt32(at, le) },
  int64: { allocate: (n) => new BigInt64Array(n), read: (v, at, le) => v.getBigInt64(at, le) },
  uint8: { allocate: (n) => new Uint8Array(n), read: (v, at) => v.getUint8(at) },
  uint16: { allocate: (n) => new Uint16Array(n), read: (v, at, le) => v.getUint16(at, le) },
  uint32: { allocate: (n) => new Uint32Array(n), read: (v, at, le) => v.getUint32(at, le) },
  uint64: { allocate: (n) => new BigUint64Array(n), read: (v, at, le) => v.getBigUint64(at, le) },
};

/** bfloat16 is the upper half of a float32. */
function widenBrain(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, bits);
  return view.getFloat32(0);
}

/** `bytes` holds exactly `count` elements of `type`. */
export function decodeValues(file: Hdf5File, type: Datatype, count: number, bytes: Uint8Array, where: string): Values {
  if (type.kind === 'number')
    return { kind: 'numbers', data: decodeNumbers(type.format, type.bigEndian, count, bytes) };
  const element = (i: number): Uint8Array => bytes.subarray(i * type.size, (i + 1) * type.size);
  if (type.kind === 'string') {
    return { kind: 'strings', data: Array.from({ length: count }, (_, i) => trim(element(i), type.padding)) };
  }
  return { kind: 'strings', data: Array.from({ length: count }, (_, i) => variableString(file, element(i), where)) };
}

/** Formats that typed arrays have themselves, on a machine whose bytes are in the order of the file. */
const NATIVE: {
  readonly [K in NumberFormat]?: {
    new (buffer: ArrayBufferLike, at: number, count: number): TensorData;
    readonly BYTES_PER_ELEMENT: number;
  };
} =
  new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
    ? { float32: Float32Array, float64: Float64Array, int8: Int8Array, int32: Int32Array, uint8: Uint8Array }
    : {};

function decodeNumbers(format: NumberFormat, bigEndian: boolean, count: number, bytes: Uint8Array): TensorData {
  const Native = bigEndian ? undefined : NATIVE[format];
  if (Native !== undefined && bytes.length === count * Native.BYTES_PER_ELEMENT) {
    // Weights are most of a file: where they are aligned they are looked at where they lie.
    const aligned = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
    return new Native(aligned.buffer, aligned.byteOffset, count);
  }
  const layout = LAYOUTS[format];
  const data = layout.allocate(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = bytes.length / Math.max(1, count);
  for (let i = 0; i < count; i++) data[i] = layout.read(view, i * size, !bigEndian);
  return data;
}

function trim(bytes: Uint8Array, padding: string): string {
  if (padding !== 'space-padded') return readText(beforeNul(bytes));
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0x20) end--;
  return readText(bytes.subarray(0, end));
}

function variableString(file: Hdf5File, reference: Uint8Array, where: string): string {
  const cursor = cursorOver(file, reference, 'a reference to a string');
  const length = cursor.u32();
  const address = cursor.address();
  const index = cursor.u32();
  if (length === 0 || address === undefined || address === 0) return '';
  const object = globalHeapObject(file, address, index);
  if (object.length < length) invalid('a string is longer than its heap object', where);
  file.budget.decode(length, where);
  return readText(beforeNul(object.subarray(0, length)));
}
