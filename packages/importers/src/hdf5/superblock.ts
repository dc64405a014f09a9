// Finds and reads the superblock, versions 0 to 3: sizes of addresses and lengths, and where the root group is.
import { cursorAt, type Hdf5File } from './hdf5-file.js';
import { verifyChecksum } from './lookup3.js';
import { invalid, truncated, unsupported } from './refuse.js';
import { WorkBudget } from './work-budget.js';

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Byte position of the superblock: 0, or 512 and its doublings behind a user block. -1 when there is none. */
export function findSuperblock(bytes: Uint8Array): number {
  for (let at = 0; at + SIGNATURE.length <= bytes.length; at = at === 0 ? 512 : at * 2) {
    if (SIGNATURE.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}

export interface Superblock {
  readonly file: Hdf5File;
  readonly rootHeader: number;
}

/** Throws HDF5_INVALID without a signature, HDF5_TRUNCATED when the file ends before the end it declares. */
export function readSuperblock(bytes: Uint8Array): Superblock {
  const base = findSuperblock(bytes);
  if (base < 0) invalid('the file has no HDF5 signature', 0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const unsized: Hdf5File = { bytes, view, base, offsetSize: 8, lengthSize: 8, budget: new WorkBudget(bytes.length) };
  const version = cursorAt(unsized, 8, 1, 'the superblock').u8();
  if (version > 3) unsupported(`the superblock has version ${version}, which is newer than 3`, base + 8);
  return version < 2 ? readOld(unsized, version) : readNew(unsized);
}

function checkSize(size: number, what: string, at: number): number {
  if (size !== 2 && size !== 4 && size !== 8) invalid(`the superblock gives ${what} ${size} bytes`, at);
  return size;
}

/** Versions 0 and 1: the root group is the object of a symbol table entry. */
function readOld(unsized: Hdf5File, version: number): Superblock {
  const head = cursorAt(unsized, 13, 2, 'the superblock');
  const offsetSize = checkSize(head.u8(), 'addresses', head.position);
  const lengthSize = checkSize(head.u8(), 'lengths', head.position);
  const file: Hdf5File = { ...unsized, offsetSize, lengthSize };
  const fixed = version === 0 ? 24 : 28;
  const rest = cursorAt(file, fixed, 4 * offsetSize + 2 * offsetSize + 24, 'the superblock');
  const declaredBase = rest.definedAddress();
  rest.address(); // free space, never written
  checkEnd(file, declaredBase, rest.address());
  rest.address(); // driver information
  rest.skip(offsetSize); // name of the root link
  return { file, rootHeader: rest.definedAddress() };
}

function readNew(unsized: Hdf5File): Superblock {
  const head = cursorAt(unsized, 9, 2, 'the superblock');
  const offsetSize = checkSize(head.u8(), 'addresses', head.position);
  const lengthSize = checkSize(head.u8(), 'lengths', head.position);
  const file: Hdf5File = { ...unsized, offsetSize, lengthSize };
  const cursor = cursorAt(file, 0, 12 + 4 * offsetSize + 4, 'the superblock');
  cursor.skip(12);
  const declaredBase = cursor.definedAddress();
  cursor.address(); // superblock extension: settings that reading does not need
  checkEnd(file, declaredBase, cursor.address());
  const rootHeader = cursor.definedAddress();
  verifyChecksum(cursor);
  return { file, rootHeader };
}

/** The end counts from the start of the file; a superblock that was moved after writing moves it along. */
function checkEnd(file: Hdf5File, declaredBase: number, end: number | undefined): void {
  if (end === undefined) invalid('the superblock does not say where the file ends', file.base);
  const declared = end - declaredBase + file.base;
  if (declared > file.bytes.length) {
    truncated(`the file says it is ${declared} bytes long, but it has ${file.bytes.length}`);
  }
}
