// Makes damage inside of a .keras archive pass its checksums, so that what reads the members is reached.
import { crc32, findEnd, localHeaderBytes, longestTail, readDirectory, readLocalHeader } from '@wherry/zip-archive';

/** Where each stored member of a sound archive lies, and where its checksum is written. Empty for other files. */
export function surveyMembers(bytes) {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return [];
  const end = findEnd(bytes.subarray(Math.max(0, bytes.length - longestTail)), bytes.length);
  const directory = bytes.subarray(end.offset, end.offset + end.bytes);
  const view = new DataView(directory.buffer, directory.byteOffset, directory.length);
  let at = 0;
  return readDirectory(directory, end).map((member) => {
    const entry = end.offset + at;
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    const { headerOffset, compressedBytes } = member;
    const start = readLocalHeader(bytes.subarray(headerOffset, headerOffset + localHeaderBytes), member);
    return { entry, start, end: start + compressedBytes };
  });
}

/** Writes the checksums that the damaged members now have. */
export function repairChecksums(bytes, members) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const { entry, start, end } of members) {
    if (end <= bytes.length && entry + 20 <= bytes.length)
      view.setUint32(entry + 16, crc32(bytes.subarray(start, end)), true);
  }
}
