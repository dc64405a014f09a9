// Decompresses a zlib stream without ever giving more than the caller allows.
import { WherryError } from '@wherry/graph';
import { Inflate, inflateSync } from 'fflate';
import { checksumFailed, invalid } from './refuse.js';

/** Compressed bytes handed over at a time: deflate expands at most 1032-fold, so this bounds the overshoot. */
const PIECE = 4096;

/**
 * The decompressed bytes, at most `limit`. Throws HDF5_INVALID for a broken or longer stream and HDF5_CHECKSUM
 * when its Adler-32 does not match.
 */
export function inflateZlib(stored: Uint8Array, limit: number, where: string): Uint8Array {
  checkHeader(stored, where);
  const body = stored.subarray(2, stored.length - 4);
  const data = guard(where, () =>
    body.length <= PIECE ? inflateWhole(body, limit) : inflatePieces(body, limit, where),
  );
  const checksum = new DataView(stored.buffer, stored.byteOffset + stored.length - 4, 4).getUint32(0);
  if (adler32(data) !== checksum) checksumFailed('a compressed chunk', where);
  return data;
}

/** One call without a stream's buffers, for files of very many small chunks. What exceeds `limit` is cut off, so that the checksum fails. */
function inflateWhole(body: Uint8Array, limit: number): Uint8Array {
  return inflateSync(body, { out: new Uint8Array(limit) });
}

function inflatePieces(body: Uint8Array, limit: number, where: string): Uint8Array {
  const result = new Uint8Array(limit);
  let length = 0;
  const stream = new Inflate((piece) => {
    if (length + piece.length > limit) invalid(`a compressed chunk holds more than its ${limit} bytes`, where);
    result.set(piece, length);
    length += piece.length;
  });
  for (let at = 0; at < body.length; at += PIECE) {
    stream.push(body.subarray(at, at + PIECE), at + PIECE >= body.length);
  }
  return result.subarray(0, length);
}

function checkHeader(stored: Uint8Array, where: string): void {
  const method = stored[0] ?? 0;
  const flags = stored[1] ?? 0;
  const wellFormed =
    (method & 15) === 8 && method >> 4 <= 7 && ((method << 8) | flags) % 31 === 0 && (flags & 32) === 0;
  if (stored.length < 7 || !wellFormed) invalid('a compressed chunk is not a zlib stream', where);
}

/** The decompressor throws errors of its own for broken streams; ours pass through. */
function guard(where: string, run: () => Uint8Array): Uint8Array {
  try {
    return run();
  } catch (error) {
    if (error instanceof WherryError) throw error;
    return invalid('a compressed chunk cannot be decompressed', where);
  }
}

/** RFC 1950's checksum. */
export function adler32(data: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let at = 0; at < data.length;) {
    // 3800 additions of at most 255 keep both sums below 2^31, so the remainder may wait.
    const end = Math.min(at + 3800, data.length);
    for (; at < end; at++) {
      a += data[at]!;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}
