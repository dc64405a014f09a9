// Decompresses deflate without ever giving more than the caller allows.
import { Inflate, inflateSync } from 'fflate';

/** Compressed bytes handed over at a time: deflate expands at most 1032-fold, so this bounds the overshoot. */
const PIECE = 4096;

/** What came out, or what is wrong with it. */
export type Inflated = Uint8Array | 'broken' | 'longer';

/** At most `limit` bytes; where a small body holds more, they are cut off, so that its checksum fails. */
export function inflateBounded(body: Uint8Array, limit: number): Inflated {
  try {
    // One call without a stream's buffers, for files of very many small chunks.
    return body.length <= PIECE ? inflateSync(body, { out: new Uint8Array(limit) }) : inflatePieces(body, limit);
  } catch {
    // The decompressor throws errors of its own for broken streams.
    return 'broken';
  }
}

function inflatePieces(body: Uint8Array, limit: number): Inflated {
  const result = new Uint8Array(limit);
  let length = 0;
  const stream = new Inflate((piece) => {
    if (length + piece.length <= limit) result.set(piece, length);
    length += piece.length;
  });
  for (let at = 0; at < body.length && length <= limit; at += PIECE)
    stream.push(body.subarray(at, at + PIECE), at + PIECE >= body.length);
  return length > limit ? 'longer' : result.subarray(0, length);
}
