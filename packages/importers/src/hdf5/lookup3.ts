// Bob Jenkins' public-domain hash lookup3 (hashlittle, initial value 0): the checksum of HDF5 metadata.
import { checksumFailed } from './refuse.js';
import type { Cursor } from './cursor.js';

function rotate(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  let word = 0;
  for (let i = 0; i < count; i++) word |= bytes[at + i]! << (8 * i);
  return word;
}

/** The 32-bit lookup3 hash of `bytes[start..end)`, unsigned. */
export function lookup3(bytes: Uint8Array, start: number, end: number): number {
  let length = end - start;
  let a = (0xdeadbeef + length) | 0;
  let b = a;
  let c = a;
  let at = start;
  for (; length > 12; length -= 12, at += 12) {
    a = (a + littleEndian(bytes, at, 4)) | 0;
    b = (b + littleEndian(bytes, at + 4, 4)) | 0;
    c = (c + littleEndian(bytes, at + 8, 4)) | 0;
    a = (a - c) ^ rotate(c, 4);
    c = (c + b) | 0;
    b = (b - a) ^ rotate(a, 6);
    a = (a + c) | 0;
    c = (c - b) ^ rotate(b, 8);
    b = (b + a) | 0;
    a = (a - c) ^ rotate(c, 16);
    c = (c + b) | 0;
    b = (b - a) ^ rotate(a, 19);
    a = (a + c) | 0;
    c = (c - b) ^ rotate(b, 4);
    b = (b + a) | 0;
  }
  if (length === 0) return c >>> 0;
  a = (a + littleEndian(bytes, at, Math.min(4, length))) | 0;
  if (length > 4) b = (b + littleEndian(bytes, at + 4, Math.min(4, length - 4))) | 0;
  if (length > 8) c = (c + littleEndian(bytes, at + 8, length - 8)) | 0;
  c = (c ^ b) - rotate(b, 14);
  a = (a ^ c) - rotate(c, 11);
  b = (b ^ a) - rotate(a, 25);
  c = (c ^ b) - rotate(b, 16);
  a = (a ^ c) - rotate(c, 4);
  b = (b ^ a) - rotate(a, 14);
  c = (c ^ b) - rotate(b, 24);
  return c >>> 0;
}

/** Reads the checksum at the cursor and compares it with everything from the cursor's start up to it. */
export function verifyChecksum(cursor: Cursor): void {
  const end = cursor.position;
  if (lookup3(cursor.file.bytes, cursor.start, end) !== cursor.u32()) checksumFailed(cursor.what, cursor.start);
}
