// Lists and inflates the members of a zip archive on disk, as far as .npz files need it.
import { crc32 } from 'node:zlib';
import {
  findEnd,
  localHeaderBytes,
  longestTail,
  readDirectory,
  readLocalHeader,
  ZipFault,
  type ZipMember,
} from '@wherry/zip-archive';
import { limits } from '../limits.js';
import { refuse } from '../refuse.js';
import { readAt, readChunks, sizeOf } from './file-access.js';
import { inflate } from './inflate.js';

/** The central directory. Refuses encrypted, spanned and zip64-sized archives, duplicates and overlaps. */
export async function listZip(path: string): Promise<readonly ZipMember[]> {
  const size = await sizeOf(path);
  const tailBytes = Math.min(size, longestTail);
  const tail = await readAt(path, size - tailBytes, tailBytes);
  const end = told(path, () => findEnd(tail, size));
  if (end.count > limits.zipMembers) malformed(path, `it has ${end.count} members, the limit is ${limits.zipMembers}`);
  const directory = await readAt(path, end.offset, end.bytes);
  return told(path, () => readDirectory(directory, end));
}

/** The inflated bytes of one member; its checksum is verified when all of it has been read. */
export async function* readMember(path: string, member: ZipMember): AsyncGenerator<Uint8Array> {
  const header = await readAt(path, member.headerOffset, localHeaderBytes);
  const start = told(path, () => readLocalHeader(header, member));
  const packed = readChunks(path, start, start + member.compressedBytes);
  const { compressedBytes, bytes } = member;
  const name = `${path}, member ${member.name}`;
  const chunks = member.stored ? packed : inflate(packed, { kind: 'raw', name, compressedBytes, declaredBytes: bytes });
  let crc = 0;
  for await (const chunk of chunks) {
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (crc !== member.crc) malformed(path, `member "${member.name}" does not have its checksum`);
}

/** Faults of the format become those of the file. */
function told<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ZipFault) return malformed(path, error.message);
    throw error;
  }
}

function malformed(path: string, what: string): never {
  return refuse('DATA_MALFORMED', { what, where: path, next: 'write the archive again, for example with numpy.savez' });
}
