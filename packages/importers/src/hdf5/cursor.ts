// Reads little-endian fields one after the other inside a fixed range of the file.
import type { Hdf5File } from './hdf5-file.js';
import { invalid } from './refuse.js';

export class Cursor {
  readonly file: Hdf5File;
  readonly start: number;
  readonly end: number;
  /** What is being read, for messages. */
  readonly what: string;
  position: number;

  /** `start` and `end` are byte positions that the caller has checked against the file. */
  constructor(file: Hdf5File, start: number, end: number, what: string) {
    this.file = file;
    this.start = start;
    this.end = end;
    this.what = what;
    this.position = start;
  }

  get remaining(): number {
    return this.end - this.position;
  }

  u8(): number {
    return this.file.view.getUint8(this.advance(1));
  }

  u16(): number {
    return this.file.view.getUint16(this.advance(2), true);
  }

  u32(): number {
    return this.file.view.getUint32(this.advance(4), true);
  }

  /** An unsigned integer of `size` bytes (0..8); refuses what a double cannot hold. */
  uint(size: number): number {
    const at = this.advance(size);
    let value = 0;
    for (let i = size - 1; i >= 0; i--) value = value * 256 + this.file.view.getUint8(at + i);
    if (!Number.isSafeInteger(value)) invalid(`${this.what} holds a number beyond 2^53`, at);
    return value;
  }

  /** A file address, or undefined when all of its bits are set. */
  address(): number | undefined {
    const size = this.file.offsetSize;
    const at = this.position;
    if (this.bytes(size).every((byte) => byte === 0xff)) return undefined;
    this.position = at;
    return this.uint(size);
  }

  /** A file address that has to be there. */
  definedAddress(): number {
    return this.address() ?? invalid(`${this.what} has no address where one is needed`, this.position);
  }

  length(): number {
    return this.uint(this.file.lengthSize);
  }

  bytes(count: number): Uint8Array {
    const at = this.advance(count);
    return this.file.bytes.subarray(at, at + count);
  }

  skip(count: number): void {
    this.advance(count);
  }

  /** Moves to the next multiple of `alignment`, counted from the start of the range. */
  align(alignment: number): void {
    this.skip((alignment - ((this.position - this.start) % alignment)) % alignment);
  }

  signature(expected: string): void {
    const at = this.position;
    const found = this.bytes(expected.length);
    for (let i = 0; i < expected.length; i++) {
      if (found[i] !== expected.charCodeAt(i)) invalid(`${this.what} does not start with ${expected}`, at);
    }
  }

  /** A part of what is left, as a range of its own. */
  sub(length: number, what: string): Cursor {
    const at = this.advance(length);
    return new Cursor(this.file, at, at + length, what);
  }

  private advance(count: number): number {
    const at = this.position;
    if (!(count >= 0) || !(at + count <= this.end)) invalid(`${this.what} is shorter than its contents`, at);
    this.position = at + count;
    return at;
  }
}

/** A cursor over bytes that need not lie in the file itself, such as a decompressed chunk. */
export function cursorOver(file: Hdf5File, bytes: Uint8Array, what: string): Cursor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Cursor({ ...file, bytes, view }, 0, bytes.length, what);
}
