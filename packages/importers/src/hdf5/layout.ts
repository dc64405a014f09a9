// Reads the data layout message: where and how the elements of a dataset are stored.
import type { Cursor } from './cursor.js';
import { invalid, outsideFile, unsupported } from './refuse.js';

export type Layout =
  | { readonly kind: 'compact'; readonly bytes: Uint8Array }
  | { readonly kind: 'contiguous'; readonly address: number | undefined; readonly length: number }
  | {
      readonly kind: 'chunked';
      readonly chunk: readonly number[];
      readonly elementBytes: number;
      readonly index: ChunkIndex;
    };

export type ChunkIndex =
  | { readonly kind: 'btree1'; readonly address: number | undefined }
  | {
      readonly kind: 'single';
      readonly address: number | undefined;
      readonly filtered?: { readonly length: number; readonly mask: number };
    }
  | { readonly kind: 'implicit' | 'fixed-array' | 'extensible-array' | 'btree2'; readonly address: number | undefined };

const COMPACT = 0;
const CONTIGUOUS = 1;
const CHUNKED = 2;
const VIRTUAL = 3;
const SINGLE_INDEX_WITH_FILTER = 2;

export function readLayout(cursor: Cursor): Layout {
  const version = cursor.u8();
  if (version !== 3 && version !== 4) unsupported(`a dataset has a layout message of version ${version}`, cursor.start);
  const kind = cursor.u8();
  if (kind === COMPACT) return { kind: 'compact', bytes: cursor.bytes(cursor.u16()) };
  if (kind === CONTIGUOUS) return { kind: 'contiguous', address: cursor.address(), length: cursor.length() };
  if (kind === VIRTUAL && version === 4)
    outsideFile('a dataset is virtual: its values come from other files', cursor.start);
  if (kind !== CHUNKED) invalid(`a dataset has the unknown layout ${kind}`, cursor.start);
  return version === 3 ? readChunked3(cursor) : readChunked4(cursor);
}

/** The last of the stored dimensions is the size of an element. */
function splitDimensions(
  dimensions: readonly number[],
  at: number,
): { chunk: readonly number[]; elementBytes: number } {
  const elementBytes = dimensions.at(-1);
  if (elementBytes === undefined || dimensions.length < 2 || dimensions.some((size) => size === 0)) {
    return invalid('a chunk has a dimension of size 0 or none at all', at);
  }
  return { chunk: dimensions.slice(0, -1), elementBytes };
}

function readChunked3(cursor: Cursor): Layout {
  const rank = cursor.u8();
  const address = cursor.address();
  const dimensions = Array.from({ length: rank }, () => cursor.u32());
  return { kind: 'chunked', ...splitDimensions(dimensions, cursor.start), index: { kind: 'btree1', address } };
}

function readChunked4(cursor: Cursor): Layout {
  const flags = cursor.u8();
  const rank = cursor.u8();
  const sizeBytes = cursor.u8();
  if (sizeBytes < 1 || sizeBytes > 8) invalid('the sizes of a chunk have an impossible width', cursor.start);
  const dimensions = Array.from({ length: rank }, () => cursor.uint(sizeBytes));
  return { kind: 'chunked', ...splitDimensions(dimensions, cursor.start), index: readIndex(cursor, flags) };
}

function readIndex(cursor: Cursor, flags: number): ChunkIndex {
  const type = cursor.u8();
  if (type === 1) {
    if ((flags & SINGLE_INDEX_WITH_FILTER) === 0) return { kind: 'single', address: cursor.address() };
    const filtered = { length: cursor.length(), mask: cursor.u32() };
    return { kind: 'single', filtered, address: cursor.address() };
  }
  const kinds = { 2: ['implicit', 0], 3: ['fixed-array', 1], 4: ['extensible-array', 5], 5: ['btree2', 6] } as const;
  if (type !== 2 && type !== 3 && type !== 4 && type !== 5)
    return invalid(`a dataset has the unknown chunk index ${type}`, cursor.start);
  const [kind, parameterBytes] = kinds[type];
  cursor.skip(parameterBytes); // repeated in the header of the index
  return { kind, address: cursor.address() };
}
