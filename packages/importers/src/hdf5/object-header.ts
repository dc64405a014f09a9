// Reads the messages of an object header, versions 1 and 2, with their continuation blocks.
import { cursorAt, type Hdf5File } from './hdf5-file.js';
import { verifyChecksum } from './lookup3.js';
import { invalid, unsupported } from './refuse.js';
import type { Cursor } from './cursor.js';

/** The message types that are read; the numbers are the file format's. */
export const messageType = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  filterPipeline: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

const LAST_KNOWN_TYPE = 0x17;
const SHARED = 0x02;
const FAIL_IF_UNKNOWN = 0x80;

export interface HeaderMessage {
  readonly type: number;
  readonly shared: boolean;
  readonly body: Cursor;
}

/** What a block of messages looks like: differs between the two header versions. */
interface BlockFormat {
  readonly version: 1 | 2;
  readonly hasCreationOrder: boolean;
}

export function readObjectHeader(file: Hdf5File, address: number): readonly HeaderMessage[] {
  const first = cursorAt(file, address, 1, 'an object header').u8();
  if (first === 1) return readVersion1(file, address);
  if (first === 0x4f) return readVersion2(file, address);
  return invalid('there is no object header where a link points', file.base + address);
}

function readVersion1(file: Hdf5File, address: number): readonly HeaderMessage[] {
  const prefix = cursorAt(file, address, 16, 'an object header');
  prefix.skip(8); // version, reserved, number of messages, reference count
  const size = prefix.u32();
  const block = cursorAt(file, address + 16, size, 'an object header');
  return readBlocks(file, block, { version: 1, hasCreationOrder: false });
}

function readVersion2(file: Hdf5File, address: number): readonly HeaderMessage[] {
  const prefix = cursorAt(file, address, 6, 'an object header');
  prefix.signature('OHDR');
  if (prefix.u8() !== 2) invalid('an object header has an unknown version', prefix.position - 1);
  const flags = prefix.u8();
  const sizeBytes = 1 << (flags & 3);
  const before = 6 + ((flags & 0x20) !== 0 ? 16 : 0) + ((flags & 0x10) !== 0 ? 4 : 0);
  const size = cursorAt(file, address + before, sizeBytes, 'an object header').uint(sizeBytes);
  const whole = cursorAt(file, address, before + sizeBytes + size + 4, 'an object header');
  whole.skip(before + sizeBytes);
  const block = whole.sub(size, 'an object header');
  verifyChecksum(whole);
  return readBlocks(file, block, { version: 2, hasCreationOrder: (flags & 0x04) !== 0 });
}

function readBlocks(file: Hdf5File, first: Cursor, format: BlockFormat): readonly HeaderMessage[] {
  const messages: HeaderMessage[] = [];
  const visited = new Set<number>();
  const pending: Cursor[] = [first];
  for (let block = pending.shift(); block !== undefined; block = pending.shift()) {
    if (visited.has(block.start)) invalid('the parts of an object header form a loop', block.start);
    visited.add(block.start);
    for (const message of readBlock(block, format)) {
      if (message.type === messageType.continuation) pending.push(continuation(file, message.body, format));
      else messages.push(message);
    }
  }
  return messages;
}

function readBlock(block: Cursor, format: BlockFormat): HeaderMessage[] {
  const messages: HeaderMessage[] = [];
  const headBytes = format.version === 1 ? 8 : format.hasCreationOrder ? 6 : 4;
  while (block.remaining >= headBytes) {
    const at = block.position;
    const type = format.version === 1 ? block.u16() : block.u8();
    const size = block.u16();
    const flags = block.u8();
    block.skip(headBytes - (format.version === 1 ? 5 : 4));
    if (type > LAST_KNOWN_TYPE && (flags & FAIL_IF_UNKNOWN) !== 0) {
      unsupported(`an object header holds a message of the unknown type ${type}`, at);
    }
    messages.push({ type, shared: (flags & SHARED) !== 0, body: block.sub(size, 'a header message') });
  }
  return messages;
}

function continuation(file: Hdf5File, body: Cursor, format: BlockFormat): Cursor {
  const address = body.definedAddress();
  const length = body.length();
  const block = cursorAt(file, address, length, 'the continuation of an object header');
  if (format.version === 1) return block;
  if (length < 8) invalid('the continuation of an object header is too short', block.start);
  block.signature('OCHK');
  const inner = block.sub(length - 8, 'the continuation of an object header');
  verifyChecksum(block);
  return inner;
}

/** The body of the only message of `type`; a shared one refers to another object and is refused. */
export function findMessage(messages: readonly HeaderMessage[], type: number): Cursor | undefined {
  const message = messages.find((candidate) => candidate.type === type);
  if (message === undefined) return undefined;
  if (message.shared) {
    unsupported('an object shares its type or shape with another object (a committed datatype)', message.body.start);
  }
  return restart(message.body);
}

/** A fresh cursor at the beginning, so that a message can be read more than once. */
export function restart(body: Cursor): Cursor {
  body.position = body.start;
  return body;
}
