// The bytes of an HDF5 file with the facts of its superblock, and bounded access to them.
import { Cursor } from './cursor.js';
import { truncated } from './refuse.js';
import type { WorkBudget } from './work-budget.js';

export interface Hdf5File {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Addresses in the file count from here: the superblock's own place. */
  readonly base: number;
  /** Bytes of an address and of a length. */
  readonly offsetSize: number;
  readonly lengthSize: number;
  readonly budget: WorkBudget;
}

/** A cursor over `length` bytes at the file address `address`; refuses a range outside of the file. */
export function cursorAt(file: Hdf5File, address: number, length: number, what: string): Cursor {
  const start = file.base + address;
  if (!(length >= 0) || !(start + length <= file.bytes.length)) {
    truncated(`${what} needs ${length} bytes at byte ${start}, but the file has ${file.bytes.length}`, start);
  }
  file.budget.spend(length + 16);
  return new Cursor(file, start, start + length, what);
}
