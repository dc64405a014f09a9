// Any value of a .tflite table as one that JSON can hold, such that two are equal only where the values are.
import { sha256 } from '../inputs/read-model-file.js';

export type PlainValue =
  null | boolean | number | string | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/** More bytes are said by their number and hash. */
const fewBytes = 32;

/** Vectors that are empty are as good as none: readers of the format take them alike. */
export function plainValue(value: unknown): PlainValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return numberOf(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (value instanceof Uint8Array) return value.length === 0 ? null : bytesOf(value);
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(plainValue);
  const entries = Object.entries(value).map(([key, inner]) => [key, plainValue(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function samePlain(a: PlainValue, b: PlainValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** As a report writes it. */
export function plainText(value: PlainValue): string {
  if (value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** JSON has no words for these, and would give null for each. */
function numberOf(value: number): PlainValue {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return Object.is(value, -0) ? '-0' : String(value);
}

function bytesOf(bytes: Uint8Array): string {
  return bytes.length <= fewBytes
    ? `bytes ${Buffer.from(bytes).toString('hex')}`
    : `${bytes.length} bytes, sha256 ${sha256(bytes)}`;
}
