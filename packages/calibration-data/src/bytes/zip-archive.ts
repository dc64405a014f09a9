// Lists and inflates the members of a zip archive, as far as .npz files need it.
import { crc32 } from 'node:zlib';
import { limits } from '../limits.js';
import { refuse } from '../refuse.js';
import { readAt, readChunks, sizeOf } from './file-access.js';
import { inflate } from './inflate.js';

export interface ZipMember {
  readonly name: string;
  readonly stored: boolean;
  readonly crc: number;
  readonly compressedBytes: number;
  readonly bytes: number;
  readonly headerOffset: number;
}

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;

/** The central directory. Refuses encrypted, spanned and zip64-sized archives, duplicates and overlaps. */
export async function listZip(path: string): Promise<readonly ZipMember[]> {
  const size = await sizeOf(path);
  const tailStart = Math.max(0, size - 65557);
  const tail = view(await readAt(path, tailStart, size - tailStart));
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== endSignature) end--;
  if (end < 0) malformed(path, 'there is no end-of-directory record');
  const count = tail.getUint16(end + 10, true);
  const bytes = tail.getUint32(end + 12, true);
  const offset = tail.getUint32(end + 16, true);
  if (offset === 0xffffffff || count === 0xffff)
    malformed(path, 'the archive is of the zip64 kind, over 4 GB; save the arrays as .npy');
  if (count > limits.zipMembers) malformed(path, `it has ${count} members, the limit is ${limits.zipMembers}`);
  if (offset + bytes > tailStart + end) malformed(path, 'the directory lies outside of the file');
  const directory = view(await readAt(path, offset, bytes));
  const members: ZipMember[] = [];
  for (let at = 0; members.length < count;) {
    const [member, next] = readEntry(path, directory, at);
    members.push(member);
    at = next;
  }
  checkMembers(path, members, offset);
  return members;
}

function readEntry(path: string, directory: DataView, at: number): [ZipMember, number] {
  if (at + 46 > directory.byteLength || directory.getUint32(at, true) !== centralSignature)
    malformed(path, 'a directory entry is broken');
  const flags = directory.getUint16(at + 8, true);
  const method = directory.getUint16(at + 10, true);
  const nameLength = directory.getUint16(at + 28, true);
  const next = at + 46 + nameLength + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
  if (next > directory.byteLength) malformed(path, 'a directory entry is longer than the directory');
  const name = new TextDecoder().decode(new Uint8Array(directory.buffer, directory.byteOffset + at + 46, nameLength));
  if (flags & 1) malformed(path, `member "${name}" is encrypted`);
  if (method !== 0 && method !== 8) malformed(path, `member "${name}" is compressed by method ${method}`);
  const member: ZipMember = {
    name,
    stored: method === 0,
    crc: directory.getUint32(at + 16, true),
    compressedBytes: directory.getUint32(at + 20, true),
    bytes: directory.getUint32(at + 24, true),
    headerOffset: directory.getUint32(at + 42, true),
  };
  if (member.stored && member.bytes !== member.compressedBytes)
    malformed(path, `stored member "${name}" has two sizes`);
  return [member, next];
}

function checkMembers(path: string, members: readonly ZipMember[], directoryOffset: number): void {
  const names = new Set(members.map((member) => member.name));
  if (names.size < members.length) malformed(path, 'two members have the same name');
  let free = 0;
  for (const member of [...members].sort((a, b) => a.headerOffset - b.headerOffset)) {
    if (member.headerOffset < free) malformed(path, `member "${member.name}" overlaps another`);
    free = member.headerOffset + 30 + member.compressedBytes;
  }
  if (free > directoryOffset) malformed(path, 'a member reaches into the directory');
}

/** The inflated bytes of one member; its checksum is verified when all of it has been read. */
export async function* readMember(path: string, member: ZipMember): AsyncGenerator<Uint8Array> {
  const header = view(await readAt(path, member.headerOffset, 30));
  if (header.byteLength < 30 || header.getUint32(0, true) !== localSignature)
    malformed(path, `member "${member.name}" has no header`);
  const start = member.headerOffset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
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

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function malformed(path: string, what: string): never {
  return refuse('DATA_MALFORMED', { what, where: path, next: 'write the archive again, for example with numpy.savez' });
}
