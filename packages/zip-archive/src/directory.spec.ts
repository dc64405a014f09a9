// Archives written here byte by byte, sound and broken.
import { findEnd, localHeaderBytes, longestTail, readDirectory, readLocalHeader } from './directory.js';

interface Entry {
  readonly name: string;
  readonly body: string;
  readonly flags?: number;
  readonly method?: number;
  readonly bytes?: number;
  readonly offset?: number;
}

const latin = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0));
const u16 = (value: number): number[] => [value & 255, value >> 8];
const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];

/** `extra`: bytes of an extra field in the local headers alone, as some writers have them. */
function archive(entries: readonly Entry[], { extra = 3, comment = 'x', moved = 0 } = {}): Uint8Array {
  const file: number[] = [];
  const directory: number[] = [];
  for (const { name, body, flags = 0, method = 0, bytes = body.length, offset = file.length } of entries) {
    const facts = [...u32(7), ...u32(body.length), ...u32(bytes), ...u16(name.length)];
    const start = [...u16(20), ...u16(flags), ...u16(method), ...u32(0)];
    directory.push(
      ...latin('PK\u0001\u0002'),
      ...u16(20),
      ...start,
      ...facts,
      ...u16(2),
      ...u16(1),
      ...u32(0),
      ...u32(0),
    );
    directory.push(...u32(offset), ...latin(name), 0, 0, 33);
    file.push(...latin('PK\u0003\u0004'), ...start, ...facts, ...u16(extra), ...latin(name));
    file.push(...new Array<number>(extra).fill(9), ...latin(body));
  }
  const offset = file.length + moved;
  const end = [...u16(0), ...u16(0), ...u16(entries.length), ...u16(entries.length), ...u32(directory.length)];
  file.push(
    ...directory,
    ...latin('PK\u0005\u0006'),
    ...end,
    ...u32(offset),
    ...u16(comment.length),
    ...latin(comment),
  );
  return Uint8Array.from(file);
}

function list(bytes: Uint8Array): ReturnType<typeof readDirectory> {
  const end = findEnd(bytes.subarray(Math.max(0, bytes.length - longestTail)), bytes.length);
  return readDirectory(bytes.subarray(end.offset, end.offset + end.bytes), end);
}

it('finds members and their data, behind local headers that are longer than the directory says', () => {
  const bytes = archive([
    { name: 'a', body: 'first' },
    { name: 'b/c.h5', body: 'second', method: 8, bytes: 60 },
  ]);
  const members = list(bytes);
  expect(members).toMatchObject([
    { name: 'a', stored: true, crc: 7, compressedBytes: 5, bytes: 5 },
    { name: 'b/c.h5', stored: false, compressedBytes: 6, bytes: 60 },
  ]);
  const data = members.map((member) => {
    const { headerOffset, compressedBytes } = member;
    const start = readLocalHeader(bytes.subarray(headerOffset, headerOffset + localHeaderBytes), member);
    return String.fromCharCode(...bytes.subarray(start, start + compressedBytes));
  });
  expect(data).toEqual(['first', 'second']);
});

it.each([
  ['an encrypted member', archive([{ name: 'a', body: 'x', flags: 1 }]), /"a" is encrypted/],
  ['another method', archive([{ name: 'a', body: 'x', method: 12 }]), /compressed by method 12/],
  ['a stored member of two sizes', archive([{ name: 'a', body: 'x', bytes: 2 }]), /has two sizes/],
  [
    'two members of a name',
    archive([
      { name: 'a', body: 'x' },
      { name: 'a', body: 'y' },
    ]),
    /the same name/,
  ],
  [
    'members on one another',
    archive([
      { name: 'a', body: 'x' },
      { name: 'b', body: 'y', offset: 10 },
    ]),
    /"b" overlaps/,
  ],
  ['a member in the directory', archive([{ name: 'a', body: 'x', offset: 8 }]), /reaches into the directory/],
  ['a directory behind the end', archive([{ name: 'a', body: 'x' }], { moved: 90 }), /outside of the file/],
  ['a directory elsewhere', archive([{ name: 'a', body: 'x' }], { moved: -3 }), /directory entry is broken/],
  ['no end', archive([{ name: 'a', body: 'x' }]).subarray(0, 40), /no end-of-directory/],
])('refuses %s', (_, bytes, message) => {
  expect(() => list(bytes)).toThrow(message);
});

it('refuses a member without a header', () => {
  const bytes = archive([{ name: 'a', body: 'x' }]);
  const [member] = list(bytes);
  expect(() => readLocalHeader(bytes.subarray(1, 1 + localHeaderBytes), member!)).toThrow(/has no header/);
  expect(() => readLocalHeader(bytes.subarray(0, 12), member!)).toThrow(/has no header/);
});
