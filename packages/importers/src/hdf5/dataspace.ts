// Reads the dataspace message: the shape of a dataset or attribute.
import type { Cursor } from './cursor.js';
import { invalid } from './refuse.js';

/** `null`: a dataspace without any element. [] is a scalar. */
export type Dataspace = { readonly shape: readonly number[]; readonly resizable: readonly boolean[] } | null;

const MAX_RANK = 32;

export function readDataspace(cursor: Cursor): Dataspace {
  const version = cursor.u8();
  const rank = cursor.u8();
  const flags = cursor.u8();
  if (rank > MAX_RANK) invalid(`a dataspace has ${rank} dimensions`, cursor.start);
  if (version === 1) cursor.skip(5);
  else if (version === 2) {
    const kind = cursor.u8();
    if (kind === 2) return null;
    if (kind > 2 || (kind === 0) !== (rank === 0)) invalid('a dataspace contradicts itself', cursor.start);
  } else invalid(`a dataspace has the unknown version ${version}`, cursor.start);
  const shape = Array.from({ length: rank }, () => cursor.length());
  const hasMaxima = (flags & 1) !== 0;
  const resizable = shape.map((dimension) => hasMaxima && isUnlimited(cursor, dimension));
  return { shape, resizable };
}

function isUnlimited(cursor: Cursor, dimension: number): boolean {
  const at = cursor.position;
  const size = cursor.file.lengthSize;
  if (cursor.bytes(size).every((byte) => byte === 0xff)) return true;
  cursor.position = at;
  if (cursor.uint(size) < dimension) invalid('a dimension is greater than its own maximum', at);
  return false;
}

/** Number of elements; refuses a count that does not fit a double exactly. */
export function countElements(shape: readonly number[], where: string): number {
  let count = 1;
  for (const dimension of shape) {
    count *= dimension;
    if (!Number.isSafeInteger(count)) invalid(`the shape [${shape.join(', ')}] has too many elements`, where);
  }
  return count;
}
