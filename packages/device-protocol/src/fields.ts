// The fields of messages and records: their types, and how they stand in bytes. Numbers are little-endian.
import { ProtocolFault } from './protocol-fault.js';

/** `hash`: 32 bytes, as 64 hexadecimal digits; `text`: UTF-8 of at most 64 bytes, behind a byte with its length. */
export type FieldType = 'u8' | 'u16' | 'u32' | 'u64' | 'hash' | 'text';

export interface Field<T extends FieldType = FieldType> {
  readonly type: T;
  /** A clause of the documentation. */
  readonly says: string;
}

/** In the order in which they stand. */
export type Fields = { readonly [name: string]: Field };

export type ValuesOf<F extends Fields> = {
  readonly [K in keyof F]: F[K]['type'] extends 'hash' | 'text' ? string : number;
};

export const textLimit = 64;
const hashBytes = 32;

/** The most bytes that a field takes; all but texts take exactly these. */
export const fieldBytes: { readonly [T in FieldType]: number } = {
  u8: 1,
  u16: 2,
  u32: 4,
  u64: 8,
  hash: hashBytes,
  text: 1 + textLimit,
};

export function fieldsBytes(fields: Fields): number {
  return Object.values(fields).reduce((sum, { type }) => sum + fieldBytes[type], 0);
}

/** Throws RangeError for a value that its field cannot hold: whoever sends has to know. */
export function encodeFields<F extends Fields>(fields: F, values: ValuesOf<F>): Uint8Array {
  const bytes = new Uint8Array(fieldsBytes(fields));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [name, { type }] of Object.entries(fields)) at = writeField(bytes, view, at, type, name, values[name]!);
  return bytes.subarray(0, at);
}

/** What the fields hold, and where they end. Throws ProtocolFault for bytes that are none of these fields. */
export function decodeFields<F extends Fields>(fields: F, bytes: Uint8Array): { values: ValuesOf<F>; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: Record<string, number | string> = {};
  let at = 0;
  for (const [name, { type }] of Object.entries(fields)) {
    const size = type === 'text' ? 1 + (bytes[at] ?? 0) : fieldBytes[type];
    if (at + size > bytes.length) throw new ProtocolFault(`${name} ends behind the ${bytes.length} bytes that came`);
    if (size > fieldBytes[type])
      throw new ProtocolFault(`${name} is a text of ${size - 1} bytes, the limit is ${textLimit}`);
    values[name] = readField(bytes, view, at, type, name);
    at += size;
  }
  return { values: values as ValuesOf<F>, end: at };
}

function writeField(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  type: FieldType,
  name: string,
  value: number | string,
): number {
  if (type === 'text') return writeText(bytes, at, name, String(value));
  if (type === 'hash') {
    if (!/^[0-9a-f]{64}$/.test(String(value))) throw new RangeError(`${name} is no SHA-256: ${value}`);
    for (let i = 0; i < hashBytes; i++) bytes[at + i] = Number.parseInt(String(value).slice(2 * i, 2 * i + 2), 16);
    return at + hashBytes;
  }
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0 || number >= 2 ** (8 * fieldBytes[type]))
    throw new RangeError(`${name} is no ${type}: ${value}`);
  if (type === 'u64') view.setBigUint64(at, BigInt(number), true);
  else if (type === 'u32') view.setUint32(at, number, true);
  else if (type === 'u16') view.setUint16(at, number, true);
  else view.setUint8(at, number);
  return at + fieldBytes[type];
}

function writeText(bytes: Uint8Array, at: number, name: string, value: string): number {
  const text = new TextEncoder().encode(value);
  if (text.length > textLimit) throw new RangeError(`${name} takes ${text.length} bytes, the limit is ${textLimit}`);
  bytes[at] = text.length;
  bytes.set(text, at + 1);
  return at + 1 + text.length;
}

function readField(bytes: Uint8Array, view: DataView, at: number, type: FieldType, name: string): number | string {
  switch (type) {
    case 'u8':
      return view.getUint8(at);
    case 'u16':
      return view.getUint16(at, true);
    case 'u32':
      return view.getUint32(at, true);
    case 'u64': {
      const value = view.getBigUint64(at, true);
      if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ProtocolFault(`${name} is ${value}: more than 2^53`);
      return Number(value);
    }
    case 'hash':
      return hexadecimal(bytes.subarray(at, at + hashBytes));
    case 'text':
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
          bytes.subarray(at + 1, at + 1 + bytes[at]!),
        );
      } catch {
        throw new ProtocolFault(`${name} is no UTF-8`);
      }
  }
}

export function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
