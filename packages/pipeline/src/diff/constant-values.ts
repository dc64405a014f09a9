// The values of a constant as they are stored and as what they mean.
import { widenHalf } from '@wherry/graph';
import type { RawTensor } from './raw-graph.js';

export interface ConstantValues {
  readonly count: number;
  stored(i: number): number;
  /** scale * (stored - zero point) where there is a scale; the stored number otherwise. */
  real(i: number): number;
  /** The step of an element; undefined where there is no scale. */
  step(i: number): number | undefined;
}

type Reader = { readonly bits: number; readonly read: (view: DataView, i: number) => number };

const readers: { readonly [type: string]: Reader } = {
  FLOAT32: { bits: 32, read: (view, i) => view.getFloat32(4 * i, true) },
  FLOAT64: { bits: 64, read: (view, i) => view.getFloat64(8 * i, true) },
  FLOAT16: { bits: 16, read: (view, i) => widenHalf(view.getUint16(2 * i, true)) },
  INT8: { bits: 8, read: (view, i) => view.getInt8(i) },
  UINT8: { bits: 8, read: (view, i) => view.getUint8(i) },
  BOOL: { bits: 8, read: (view, i) => view.getUint8(i) },
  INT16: { bits: 16, read: (view, i) => view.getInt16(2 * i, true) },
  UINT16: { bits: 16, read: (view, i) => view.getUint16(2 * i, true) },
  INT32: { bits: 32, read: (view, i) => view.getInt32(4 * i, true) },
  UINT32: { bits: 32, read: (view, i) => view.getUint32(4 * i, true) },
  // Exact to 2^53; whether two are the same is told by their bytes.
  INT64: { bits: 64, read: (view, i) => Number(view.getBigInt64(8 * i, true)) },
  UINT64: { bits: 64, read: (view, i) => Number(view.getBigUint64(8 * i, true)) },
  // Two a byte, the lower half first.
  INT4: { bits: 4, read: (view, i) => ((view.getUint8(i >> 1) >> (4 * (i & 1))) << 28) >> 28 },
  UINT4: { bits: 4, read: (view, i) => (view.getUint8(i >> 1) >> (4 * (i & 1))) & 15 },
};

/** Undefined for types whose values are no numbers here, and for data that does not fill the shape. */
export function constantValues({ type, shape, data, scale, zeroPoint, axis }: RawTensor): ConstantValues | undefined {
  const reader = readers[type];
  if (reader === undefined || data === undefined) return undefined;
  const count = shape.reduce((product, size) => product * size, 1);
  if (data.length !== Math.ceil((reader.bits * count) / 8)) return undefined;
  if (scale.length > 1 && scale.length !== shape[axis]) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const channelOf = (i: number): number => (scale.length > 1 ? Math.floor(i / inner) % scale.length : 0);
  const isReal = type.startsWith('FLOAT') || scale.length === 0;
  const stored = (i: number): number => reader.read(view, i);
  const zeroOf = (channel: number): number => zeroPoint[channel] ?? zeroPoint[0] ?? 0;
  return {
    count,
    stored,
    real: (i) => (isReal ? stored(i) : scale[channelOf(i)]! * (stored(i) - zeroOf(channelOf(i)))),
    step: (i) => (isReal ? undefined : scale[channelOf(i)]!),
  };
}

export function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a, b) === 0;
}
