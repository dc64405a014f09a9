// Decompresses a zlib stream (RFC 1950), bounded.
import { inflateBounded } from '../inflate-bounded.js';
import { checksumFailed, invalid } from './refuse.js';

/**
 * The decompressed bytes, at most `limit`. Throws HDF5_INVALID for a broken or longer stream and HDF5_CHECKSUM
 * when its Adler-32 does not match.
 */
export function inflateZlib(stored: Uint8Array, limit: number, where: string): Uint8Array {
  checkHeader(stored, where);
  const body = stored.subarray(2, stored.length - 4);
  const data = inflateBounded(body, limit);
  if (data === 'longer') return invalid(`a compressed chunk holds more than its ${limit} bytes`, where);
  if (data === 'broken') return invalid('a compressed chunk cannot be decompressed', where);
  const checksum = new DataView(stored.buffer, stored.byteOffset + stored.length - 4, 4).getUint32(0);
  if (adler32(data) !== checksum) checksumFailed('a compressed chunk', where);
  return data;
}

function checkHeader(stored: Uint8Array, where: string): void {
  const method = stored[0] ?? 0;
  const flags = stored[1] ?? 0;
  const wellFormed =
    (method & 15) === 8 && method >> 4 <= 7 && ((method << 8) | flags) % 31 === 0 && (flags & 32) === 0;
  if (stored.length < 7 || !wellFormed) invalid('a compressed chunk is not a zlib stream', where);
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
