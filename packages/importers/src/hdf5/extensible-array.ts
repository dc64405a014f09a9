// Reads the extensible array index: one record per chunk of a dataset that may grow along one dimension.
import { exactLog2 } from './bytes-to-hold.js';
import type { Cursor } from './cursor.js';
import { cursorAt, type Hdf5File } from './hdf5-file.js';
import { verifyChecksum } from './lookup3.js';
import { invalid, unsupported } from './refuse.js';

interface ArrayHeader {
  readonly file: Hdf5File;
  readonly recordBytes: number;
  readonly inIndexBlock: number;
  readonly leastInDataBlock: number;
  readonly leastPointers: number;
  readonly pageRecords: number;
  readonly offsetBytes: number;
  readonly superBlocks: number;
  readonly indexBlock: number | undefined;
}

/** The first `wanted` records in order, or fewer when the array holds fewer. */
export function readExtensibleArray(file: Hdf5File, address: number, wanted: number): Cursor[] {
  const header = readHeader(file, address);
  const records: Cursor[] = [];
  if (header.indexBlock !== undefined) readIndexBlock(header, header.indexBlock, wanted, records);
  return records;
}

function readHeader(file: Hdf5File, address: number): ArrayHeader {
  const cursor = cursorAt(file, address, 12 + 6 * file.lengthSize + file.offsetSize + 4, 'an extensible array');
  cursor.signature('EAHD');
  if (cursor.u8() !== 0) invalid('an extensible array has an unknown version', cursor.start);
  cursor.skip(1); // client: filtered or plain chunks, known from the pipeline
  const recordBytes = cursor.u8();
  const countBits = cursor.u8();
  const inIndexBlock = cursor.u8();
  const leastInDataBlock = cursor.u8();
  const leastPointers = cursor.u8();
  const pageBits = cursor.u8();
  cursor.skip(6 * file.lengthSize); // statistics
  const indexBlock = cursor.address();
  verifyChecksum(cursor);
  const leastLog = exactLog2(leastInDataBlock);
  if (
    recordBytes === 0 ||
    leastLog === undefined ||
    exactLog2(leastPointers) === undefined ||
    countBits > 52 ||
    pageBits > 31
  ) {
    invalid('the header of an extensible array contradicts itself', cursor.start);
  }
  return {
    file,
    recordBytes,
    inIndexBlock,
    leastInDataBlock,
    leastPointers,
    pageRecords: 2 ** pageBits,
    offsetBytes: Math.ceil(countBits / 8),
    superBlocks: 1 + countBits - leastLog,
    indexBlock,
  };
}

/** Super block `u` has 2^floor(u/2) data blocks of 2^ceil(u/2) times the least number of records. */
function superBlock(header: ArrayHeader, u: number): { readonly dataBlocks: number; readonly records: number } {
  return { dataBlocks: 2 ** Math.floor(u / 2), records: header.leastInDataBlock * 2 ** Math.ceil(u / 2) };
}

function readIndexBlock(header: ArrayHeader, address: number, wanted: number, records: Cursor[]): void {
  const { file } = header;
  const direct = 2 * Math.log2(header.leastPointers);
  const dataPointers = 2 * (header.leastPointers - 1);
  const superPointers = Math.max(0, header.superBlocks - direct);
  const bytes =
    6 +
    file.offsetSize +
    header.inIndexBlock * header.recordBytes +
    (dataPointers + superPointers) * file.offsetSize +
    4;
  const cursor = cursorAt(file, address, bytes, 'an extensible array block');
  cursor.signature('EAIB');
  cursor.skip(2 + file.offsetSize);
  for (let i = 0; i < header.inIndexBlock; i++) records.push(cursor.sub(header.recordBytes, 'a chunk record'));
  for (let u = 0; u < direct; u++) {
    const { dataBlocks, records: inBlock } = superBlock(header, u);
    for (let i = 0; i < dataBlocks; i++) {
      const block = cursor.address();
      if (records.length < wanted) readDataBlock(header, block, inBlock, records);
    }
  }
  for (let u = direct; u < direct + superPointers; u++) {
    const block = cursor.address();
    if (records.length < wanted) readSuperBlock(header, block, u, wanted, records);
  }
  verifyChecksum(cursor);
}

function readSuperBlock(
  header: ArrayHeader,
  address: number | undefined,
  u: number,
  wanted: number,
  records: Cursor[],
): void {
  const { file } = header;
  const { dataBlocks, records: inBlock } = superBlock(header, u);
  if (address === undefined) return missing();
  const pages = inBlock > header.pageRecords ? inBlock / header.pageRecords : 0;
  const bitmapBytes = dataBlocks * Math.ceil(pages / 8);
  const bytes = 6 + file.offsetSize + header.offsetBytes + bitmapBytes + dataBlocks * file.offsetSize + 4;
  const cursor = cursorAt(file, address, bytes, 'an extensible array block');
  cursor.signature('EASB');
  cursor.skip(2 + file.offsetSize + header.offsetBytes + bitmapBytes);
  for (let i = 0; i < dataBlocks; i++) {
    const block = cursor.address();
    if (records.length < wanted) readDataBlock(header, block, inBlock, records);
  }
  verifyChecksum(cursor);
}

function readDataBlock(header: ArrayHeader, address: number | undefined, count: number, records: Cursor[]): void {
  const { file, recordBytes } = header;
  if (address === undefined) return missing();
  if (count > header.pageRecords) {
    return unsupported('a dataset that can grow has so many chunks that its index is paged', file.base + address);
  }
  const bytes = 6 + file.offsetSize + header.offsetBytes + count * recordBytes + 4;
  const cursor = cursorAt(file, address, bytes, 'an extensible array block');
  cursor.signature('EADB');
  cursor.skip(2 + file.offsetSize + header.offsetBytes);
  for (let i = 0; i < count; i++) records.push(cursor.sub(recordBytes, 'a chunk record'));
  verifyChecksum(cursor);
}

function missing(): never {
  return invalid('an index of chunks has no block where chunks should be');
}
