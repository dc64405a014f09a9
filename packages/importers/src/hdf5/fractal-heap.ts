// Reads objects out of a fractal heap: where groups and objects keep many links or attributes, or large ones.
import { readBtree2 } from './btree2.js';
import { bytesToHold, exactLog2 } from './bytes-to-hold.js';
import type { Cursor } from './cursor.js';
import { cursorAt, type Hdf5File } from './hdf5-file.js';
import { lookup3, verifyChecksum } from './lookup3.js';
import { checksumFailed, invalid, unsupported } from './refuse.js';

export interface FractalHeap {
  /** The bytes of the object that a heap identifier names. */
  object(id: Uint8Array): Cursor;
}

interface HeapHeader {
  readonly file: Hdf5File;
  readonly address: number;
  readonly checksummedBlocks: boolean;
  readonly maxManagedBytes: number;
  readonly hugeIndex: number | undefined;
  readonly width: number;
  readonly startBytes: number;
  readonly maxDirectBytes: number;
  readonly offsetBytes: number;
  readonly root: number | undefined;
  /** 0: the root is a direct block. */
  readonly rootRows: number;
}

interface DirectBlock {
  /** Where the block begins, in the file and in the heap's own space. */
  readonly address: number;
  readonly offset: number;
  readonly bytes: number;
}

const MAX_HEAP_BITS = 64;
const HUGE_INDEX = 1;

export function openFractalHeap(file: Hdf5File, address: number): FractalHeap {
  const header = readHeader(file, address);
  const blocks = readDirectBlocks(header);
  let huge: ReadonlyMap<number, { address: number; length: number }> | undefined;
  return {
    object(id) {
      const kind = (id[0] ?? 0) >> 4;
      if (kind === 0) return managedObject(header, blocks, id);
      if (kind === 1) {
        huge ??= readHugeIndex(header);
        const place = huge.get(numberOf(id.subarray(1)));
        if (place === undefined)
          return invalid('a heap object is not in the index of large objects', file.base + address);
        return cursorAt(file, place.address, place.length, 'a large heap object');
      }
      return unsupported('a fractal heap keeps an object inside its identifier', file.base + address);
    },
  };
}

function numberOf(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}

function readHeader(file: Hdf5File, address: number): HeapHeader {
  const { offsetSize: O, lengthSize: L } = file;
  const cursor = cursorAt(file, address, 26 + 12 * L + 3 * O, 'a fractal heap');
  cursor.signature('FRHP');
  if (cursor.u8() !== 0) invalid('a fractal heap has an unknown version', cursor.start);
  cursor.skip(2); // bytes of an identifier
  if (cursor.u16() !== 0) unsupported('a fractal heap is compressed', cursor.start);
  const flags = cursor.u8();
  const maxManagedBytes = cursor.u32();
  cursor.skip(L); // next identifier of a large object
  const hugeIndex = cursor.address();
  cursor.skip(L + O + 8 * L); // free space, sizes and counts that reading does not need
  const width = cursor.u16();
  const startBytes = cursor.length();
  const maxDirectBytes = cursor.length();
  const heapBits = cursor.u16();
  cursor.skip(2); // rows at creation
  const root = cursor.address();
  const rootRows = cursor.u16();
  verifyChecksum(cursor);
  const startLog = exactLog2(startBytes);
  const directLog = exactLog2(maxDirectBytes);
  if (
    startLog === undefined ||
    directLog === undefined ||
    directLog < startLog ||
    exactLog2(width) === undefined ||
    heapBits > MAX_HEAP_BITS ||
    heapBits === 0
  ) {
    invalid('the header of a fractal heap contradicts itself', cursor.start);
  }
  return {
    file,
    address,
    checksummedBlocks: (flags & 2) !== 0,
    maxManagedBytes,
    hugeIndex,
    width,
    startBytes,
    maxDirectBytes,
    offsetBytes: Math.ceil(heapBits / 8),
    root,
    rootRows,
  };
}

/** Row 0 and 1 hold blocks of the starting size; each later row doubles it. */
function rowBlockBytes(header: HeapHeader, row: number): number {
  return header.startBytes * 2 ** Math.max(0, row - 1);
}

/** All direct blocks, ascending by heap offset. */
function readDirectBlocks(header: HeapHeader): DirectBlock[] {
  const blocks: DirectBlock[] = [];
  if (header.root === undefined) return blocks;
  const visited = new Set<number>();
  if (header.rootRows === 0)
    addDirectBlock(header, { address: header.root, offset: 0, bytes: header.startBytes }, blocks);
  else readIndirectBlock(header, header.root, 0, header.rootRows, visited, blocks);
  return blocks;
}

function addDirectBlock(header: HeapHeader, block: DirectBlock, blocks: DirectBlock[]): void {
  const cursor = cursorAt(header.file, block.address, block.bytes, 'a fractal heap block');
  cursor.signature('FHDB');
  cursor.skip(1 + header.file.offsetSize);
  if (cursor.uint(header.offsetBytes) !== block.offset) invalid('a fractal heap block is out of place', cursor.start);
  if (header.checksummedBlocks) verifyBlock(cursor, block);
  blocks.push(block);
}

/** The checksum stands in front of the data and counts as zero in itself. */
function verifyBlock(cursor: Cursor, block: DirectBlock): void {
  const at = cursor.position - cursor.start;
  const stored = cursor.u32();
  const copy = cursor.file.bytes.slice(cursor.start, cursor.start + block.bytes);
  copy.fill(0, at, at + 4);
  if (lookup3(copy, 0, copy.length) !== stored) checksumFailed(cursor.what, cursor.start);
}

function readIndirectBlock(
  header: HeapHeader,
  address: number,
  offset: number,
  rows: number,
  visited: Set<number>,
  blocks: DirectBlock[],
): void {
  const { file, width } = header;
  if (visited.has(address)) invalid('a fractal heap refers to one of its blocks twice', file.base + address);
  visited.add(address);
  const bytes = 5 + file.offsetSize + header.offsetBytes + rows * width * file.offsetSize + 4;
  const cursor = cursorAt(file, address, bytes, 'a fractal heap block');
  cursor.signature('FHIB');
  cursor.skip(1 + file.offsetSize);
  if (cursor.uint(header.offsetBytes) !== offset) invalid('a fractal heap block is out of place', cursor.start);
  let childOffset = offset;
  for (let row = 0; row < rows; row++) {
    const childBytes = rowBlockBytes(header, row);
    if (childOffset + childBytes * width > Number.MAX_SAFE_INTEGER)
      invalid('a fractal heap is too large', cursor.start);
    for (let column = 0; column < width; column++, childOffset += childBytes) {
      const child = cursor.address();
      if (child === undefined) continue;
      if (childBytes <= header.maxDirectBytes) {
        addDirectBlock(header, { address: child, offset: childOffset, bytes: childBytes }, blocks);
      } else {
        const childRows = Math.log2(childBytes) - Math.log2(header.startBytes * width) + 1;
        if (!(childRows >= 1)) invalid('a fractal heap has a block without rows', cursor.start);
        readIndirectBlock(header, child, childOffset, childRows, visited, blocks);
      }
    }
  }
  verifyChecksum(cursor);
}

function managedObject(header: HeapHeader, blocks: readonly DirectBlock[], id: Uint8Array): Cursor {
  const lengthBytes = Math.min(bytesToHold(header.maxDirectBytes), bytesToHold(header.maxManagedBytes));
  const offset = numberOf(id.subarray(1, 1 + header.offsetBytes));
  const length = numberOf(id.subarray(1 + header.offsetBytes, 1 + header.offsetBytes + lengthBytes));
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle]!.offset <= offset) low = middle + 1;
    else high = middle;
  }
  const block = blocks[low - 1];
  if (block === undefined || offset + length > block.offset + block.bytes) {
    return invalid('a heap object lies outside of its heap', header.file.base + header.address);
  }
  return cursorAt(header.file, block.address + offset - block.offset, length, 'a heap object');
}

function readHugeIndex(header: HeapHeader): ReadonlyMap<number, { address: number; length: number }> {
  const { file } = header;
  if (header.hugeIndex === undefined)
    invalid('a fractal heap has no index of large objects', file.base + header.address);
  const records = readBtree2(file, header.hugeIndex, HUGE_INDEX, file.offsetSize + 2 * file.lengthSize);
  return new Map(
    records.map((record) => {
      const place = { address: record.definedAddress(), length: record.length() };
      return [record.length(), place] as const;
    }),
  );
}
