// Reads the directory of a zip archive (PKWARE's APPNOTE 6.3.10), from pieces of the file that the caller reads.

export interface ZipMember {
  readonly name: string;
  /** As it is; otherwise deflated. */
  readonly stored: boolean;
  readonly crc: number;
  readonly compressedBytes: number;
  readonly bytes: number;
  readonly headerOffset: number;
}

/** What is wrong with an archive; the reader adds where and what to do. */
export class ZipFault extends Error {}

export interface ZipEnd {
  /** Members. */
  readonly count: number;
  /** Of the directory, from the file's start. */
  readonly offset: number;
  readonly bytes: number;
}

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;

const endBytes = 22;
const centralBytes = 46;
/** Of a local header, before its name. */
export const localHeaderBytes = 30;

/** The end record, and a comment as long as it can be, lie in so many last bytes. */
export const longestTail = endBytes + 0xffff;

/** `tail`: the file's last `longestTail` bytes, or all of it. Throws ZipFault. */
export function findEnd(tail: Uint8Array, fileBytes: number): ZipEnd {
  const data = view(tail);
  let at = data.byteLength - endBytes;
  while (at >= 0 && data.getUint32(at, true) !== endSignature) at--;
  if (at < 0) throw new ZipFault('there is no end-of-directory record');
  const count = data.getUint16(at + 10, true);
  const bytes = data.getUint32(at + 12, true);
  const offset = data.getUint32(at + 16, true);
  if (offset === 0xffffffff || count === 0xffff) throw new ZipFault('the archive is of the zip64 kind, over 4 GB');
  if (offset + bytes > fileBytes - tail.length + at) throw new ZipFault('the directory lies outside of the file');
  return { count, offset, bytes };
}

/** `directory`: the bytes that `end` tells of. Throws ZipFault for encrypted or overlapping members, and for two of a name. */
export function readDirectory(directory: Uint8Array, end: ZipEnd): readonly ZipMember[] {
  const data = view(directory);
  const members: ZipMember[] = [];
  for (let at = 0; members.length < end.count;) {
    const [member, next] = readEntry(data, at);
    members.push(member);
    at = next;
  }
  checkMembers(members, end.offset);
  return members;
}

function readEntry(directory: DataView, at: number): [ZipMember, number] {
  if (at + centralBytes > directory.byteLength || directory.getUint32(at, true) !== centralSignature)
    throw new ZipFault('a directory entry is broken');
  const flags = directory.getUint16(at + 8, true);
  const method = directory.getUint16(at + 10, true);
  const nameLength = directory.getUint16(at + 28, true);
  const next = at + centralBytes + nameLength + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
  if (next > directory.byteLength) throw new ZipFault('a directory entry is longer than the directory');
  const name = new TextDecoder().decode(
    new Uint8Array(directory.buffer, directory.byteOffset + at + centralBytes, nameLength),
  );
  if (flags & 1) throw new ZipFault(`member "${name}" is encrypted`);
  if (method !== 0 && method !== 8) throw new ZipFault(`member "${name}" is compressed by method ${method}`);
  const member: ZipMember = {
    name,
    stored: method === 0,
    crc: directory.getUint32(at + 16, true),
    compressedBytes: directory.getUint32(at + 20, true),
    bytes: directory.getUint32(at + 24, true),
    headerOffset: directory.getUint32(at + 42, true),
  };
  if (member.stored && member.bytes !== member.compressedBytes)
    throw new ZipFault(`stored member "${name}" has two sizes`);
  return [member, next];
}

function checkMembers(members: readonly ZipMember[], directoryOffset: number): void {
  const names = new Set(members.map((member) => member.name));
  if (names.size < members.length) throw new ZipFault('two members have the same name');
  let free = 0;
  for (const member of [...members].sort((a, b) => a.headerOffset - b.headerOffset)) {
    if (member.headerOffset < free) throw new ZipFault(`member "${member.name}" overlaps another`);
    free = member.headerOffset + localHeaderBytes + member.compressedBytes;
  }
  if (free > directoryOffset) throw new ZipFault('a member reaches into the directory');
}

/** Where a member's data begins. `header`: the bytes at `headerOffset`, as many as `localHeaderBytes`. Throws ZipFault. */
export function readLocalHeader(header: Uint8Array, member: ZipMember): number {
  const data = view(header);
  if (data.byteLength < localHeaderBytes || data.getUint32(0, true) !== localSignature)
    throw new ZipFault(`member "${member.name}" has no header`);
  return member.headerOffset + localHeaderBytes + data.getUint16(26, true) + data.getUint16(28, true);
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
