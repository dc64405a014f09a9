// Reads the fixed array index: one record per chunk, in pages when there are many.
import type { Cursor } from './cursor.js';
import { cursorAt, type Hdf5File } from './hdf5-file.js';
import { verifyChecksum } from './lookup3.js';
import { invalid } from './refuse.js';

/** The records in order. Pages that were never written give no chunks, which the caller finds missing. */
export function readFixedArray(file: Hdf5File, address: number): Cursor[] {
  const header = cursorAt(file, address, 8 + file.lengthSize + file.offsetSize + 4, 'a fixed array');
  header.signature('FAHD');
  if (header.u8() !== 0) invalid('a fixed array has an unknown version', header.start);
  header.skip(1); // client: filtered or plain chunks, known from the pipeline
  const recordBytes = header.u8();
  const pageBits = header.u8();
  const count = header.length();
  const block = header.definedAddress();
  verifyChecksum(header);
  if (pageBits > 31 || recordBytes === 0) invalid('the header of a fixed array contradicts itself', header.start);
  const pageRecords = 2 ** pageBits;
  const prefixBytes = 6 + file.offsetSize;
  if (count <= pageRecords) return readWhole(file, block, prefixBytes, count, recordBytes);
  return readPaged(file, block, prefixBytes, count, recordBytes, pageRecords);
}

function readWhole(file: Hdf5File, block: number, prefixBytes: number, count: number, recordBytes: number): Cursor[] {
  const cursor = cursorAt(file, block, prefixBytes + count * recordBytes + 4, 'a fixed array block');
  cursor.signature('FADB');
  cursor.skip(prefixBytes - 4);
  const records = Array.from({ length: count }, () => cursor.sub(recordBytes, 'a chunk record'));
  verifyChecksum(cursor);
  return records;
}

function readPaged(
  file: Hdf5File,
  block: number,
  prefixBytes: number,
  count: number,
  recordBytes: number,
  pageRecords: number,
): Cursor[] {
  const pages = Math.ceil(count / pageRecords);
  const bitmapBytes = Math.ceil(pages / 8);
  const prefix = cursorAt(file, block, prefixBytes + bitmapBytes + 4, 'a fixed array block');
  prefix.signature('FADB');
  prefix.skip(prefixBytes - 4);
  const written = prefix.bytes(bitmapBytes);
  verifyChecksum(prefix);
  const records: Cursor[] = [];
  let at = block + prefixBytes + bitmapBytes + 4;
  for (let page = 0; page < pages; page++) {
    if (((written[page >> 3]! >> (7 - (page & 7))) & 1) === 0)
      invalid('a page of a fixed array was never written', prefix.start);
    const inPage = Math.min(pageRecords, count - page * pageRecords);
    const cursor = cursorAt(file, at, inPage * recordBytes + 4, 'a fixed array page');
    for (let i = 0; i < inPage; i++) records.push(cursor.sub(recordBytes, 'a chunk record'));
    verifyChecksum(cursor);
    at += pageRecords * recordBytes + 4;
  }
  return records;
}
