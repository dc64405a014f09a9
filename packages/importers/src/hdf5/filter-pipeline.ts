// Reads the filter pipeline message and undoes its filters: deflate, shuffle and fletcher32.
import type { Cursor } from './cursor.js';
import { inflateZlib } from './inflate-zlib.js';
import { checksumFailed, invalid, unsupported } from './refuse.js';

export interface Filter {
  readonly id: number;
  readonly parameters: readonly number[];
}

const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER32 = 3;
const OTHER_FILTERS: Readonly<Record<number, string>> = { 4: 'szip', 5: 'nbit', 6: 'scale-offset', 32000: 'lzf' };

export function readFilterPipeline(cursor: Cursor): readonly Filter[] {
  const version = cursor.u8();
  if (version !== 1 && version !== 2) invalid(`a filter pipeline has the unknown version ${version}`, cursor.start);
  const count = cursor.u8();
  if (version === 1) cursor.skip(6);
  return Array.from({ length: count }, () => {
    const id = cursor.u16();
    const nameBytes = version === 1 || id >= 256 ? cursor.u16() : 0;
    cursor.skip(2); // flags: whether writing may go on without the filter
    const parameterCount = cursor.u16();
    cursor.skip(version === 1 ? Math.ceil(nameBytes / 8) * 8 : nameBytes);
    const parameters = Array.from({ length: parameterCount }, () => cursor.u32());
    if (version === 1 && parameterCount % 2 === 1) cursor.skip(4);
    return { id, parameters };
  });
}

/**
 * The chunk as it was before the filters. `skipMask` has a bit for each filter that was left out for this chunk.
 * `chunkBytes` caps what decompression may give.
 */
export function undoFilters(
  stored: Uint8Array,
  filters: readonly Filter[],
  skipMask: number,
  chunkBytes: number,
  where: string,
): Uint8Array {
  let bytes = stored;
  for (let i = filters.length - 1; i >= 0; i--) {
    if (i < 32 && ((skipMask >>> i) & 1) === 1) continue;
    bytes = undoFilter(bytes, filters[i]!, chunkBytes, where);
  }
  return bytes;
}

function undoFilter(bytes: Uint8Array, filter: Filter, chunkBytes: number, where: string): Uint8Array {
  // A fletcher32 filter in front of deflate adds its 4 bytes to what is compressed.
  if (filter.id === DEFLATE) return inflateZlib(bytes, chunkBytes + 4, where);
  if (filter.id === SHUFFLE) return unshuffle(bytes, filter.parameters[0] ?? 0, where);
  if (filter.id === FLETCHER32) return checkFletcher32(bytes, where);
  return unsupported(
    `the data is packed with the filter ${OTHER_FILTERS[filter.id] ?? filter.id}`,
    where,
    'write the file again without compression or with gzip: f.create_dataset(..., compression="gzip")',
  );
}

/** Shuffle stores the first bytes of all elements, then the second bytes, and so on; what is left over stays. */
function unshuffle(bytes: Uint8Array, size: number, where: string): Uint8Array {
  if (size === 0) invalid('a shuffle filter does not say how large an element is', where);
  const count = Math.floor(bytes.length / size);
  const result = new Uint8Array(bytes.length);
  let from = 0;
  for (let byte = 0; byte < size && count > 0; byte++) {
    for (let i = 0; i < count; i++) result[i * size + byte] = bytes[from++]!;
  }
  result.set(bytes.subarray(count * size), count * size);
  return result;
}

function checkFletcher32(bytes: Uint8Array, where: string): Uint8Array {
  if (bytes.length < 4) invalid('a chunk is too short for its checksum', where);
  const end = bytes.length - 4;
  const stored = new DataView(bytes.buffer, bytes.byteOffset + end, 4).getUint32(0, true);
  const data = bytes.subarray(0, end);
  if (fletcher32(data) !== stored) checksumFailed('a chunk', where);
  return data;
}

/** Fletcher's checksum over big-endian 16-bit words; an odd last byte counts as the upper half of one. */
export function fletcher32(data: Uint8Array): number {
  let sum1 = 0;
  let sum2 = 0;
  for (let i = 0; i < data.length; i += 2) {
    sum1 = (sum1 + ((data[i]! << 8) | (data[i + 1] ?? 0))) % 65535;
    sum2 = (sum2 + sum1) % 65535;
  }
  // The reference folds carries instead of reducing, so a sum that is a multiple of 65535 shows as 65535, not 0.
  const folded = (sum: number): number => (sum === 0 && data.some((byte) => byte !== 0) ? 65535 : sum);
  return ((folded(sum2) << 16) | folded(sum1)) >>> 0;
}
