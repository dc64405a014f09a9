// Reads attributes, from the object header or from dense storage.
import { readBtree2 } from './btree2.js';
import type { Cursor } from './cursor.js';
import { countElements, readDataspace, type Dataspace } from './dataspace.js';
import { readDatatype, type Datatype } from './datatype.js';
import { openFractalHeap } from './fractal-heap.js';
import type { Hdf5File } from './hdf5-file.js';
import { findMessage, messageType, restart, type HeaderMessage } from './object-header.js';
import { invalid, unsupported } from './refuse.js';
import { beforeNul, readText } from './text.js';
import { decodeValues, type Values } from './values.js';

export interface Attribute {
  readonly name: string;
  /** null: an attribute without any element. */
  readonly shape: readonly number[] | null;
  /** Decodes the value; refuses types that are not numbers or strings. */
  read(): Values;
}

const NAME_INDEX = 8;
const HEAP_ID_BYTES = 8;
const SHARED_DATATYPE = 1;
const SHARED_DATASPACE = 2;

/** All attributes of an object by name. Throws HDF5_INVALID when a name occurs twice. */
export function readAttributes(file: Hdf5File, messages: readonly HeaderMessage[]): ReadonlyMap<string, Attribute> {
  const bodies = messages
    .filter((message) => message.type === messageType.attribute)
    .map((message) => {
      if (message.shared) unsupported('an attribute is shared between objects', message.body.start);
      return restart(message.body);
    });
  const info = findMessage(messages, messageType.attributeInfo);
  if (info !== undefined) bodies.push(...denseAttributes(file, info));
  const attributes = new Map<string, Attribute>();
  for (const body of bodies) {
    const attribute = readAttribute(file, body);
    if (attributes.has(attribute.name)) invalid(`an object has two attributes ${attribute.name}`, body.start);
    attributes.set(attribute.name, attribute);
  }
  return attributes;
}

function denseAttributes(file: Hdf5File, info: Cursor): Cursor[] {
  if (info.u8() !== 0) invalid('an attribute info message has an unknown version', info.start);
  const flags = info.u8();
  if ((flags & 1) !== 0) info.skip(2); // greatest creation order
  const heapAddress = info.address();
  const index = info.address();
  if (heapAddress === undefined) return [];
  if (index === undefined) invalid('an object has attributes in a heap but no index of them', info.start);
  const heap = openFractalHeap(file, heapAddress);
  return readBtree2(file, index, NAME_INDEX, HEAP_ID_BYTES + 9).map((record) => {
    const id = record.bytes(HEAP_ID_BYTES);
    if ((record.u8() & 2) !== 0) unsupported('an attribute is shared between objects', record.start);
    return heap.object(id);
  });
}

function readAttribute(file: Hdf5File, cursor: Cursor): Attribute {
  const at = cursor.position;
  const version = cursor.u8();
  if (version < 1 || version > 3) invalid(`an attribute has the unknown version ${version}`, at);
  const flags = cursor.u8();
  const nameBytes = cursor.u16();
  const typeBytes = cursor.u16();
  const spaceBytes = cursor.u16();
  if (version === 3) cursor.skip(1); // character set
  const part = (bytes: number, what: string): Cursor => {
    const body = cursor.sub(bytes, what);
    if (version === 1) cursor.skip((8 - (bytes % 8)) % 8);
    return body;
  };
  const name = readText(beforeNul(part(nameBytes, "an attribute's name").bytes(nameBytes)));
  const type = part(typeBytes, "an attribute's type");
  const space = part(spaceBytes, "an attribute's shape");
  const sharedFlags = version === 1 ? 0 : flags;
  if ((sharedFlags & SHARED_DATASPACE) !== 0) unsupported(`the attribute ${name} shares its shape`, at);
  const dataspace = readDataspace(space);
  const rest = cursor.sub(cursor.remaining, `the attribute ${name}`);
  const read = (): Values => {
    if ((sharedFlags & SHARED_DATATYPE) !== 0) unsupported(`the attribute ${name} uses a committed datatype`, at);
    return readValue(file, readDatatype(restart(type)), dataspace, restart(rest), name);
  };
  return { name, shape: dataspace === null ? null : dataspace.shape, read };
}

function readValue(file: Hdf5File, type: Datatype, dataspace: Dataspace, stored: Cursor, name: string): Values {
  const where = `attribute ${name}`;
  const count = dataspace === null ? 0 : countElements(dataspace.shape, where);
  const bytes = count * type.size;
  if (bytes > stored.remaining) invalid(`an attribute of ${bytes} bytes has ${stored.remaining} stored`, where);
  file.budget.decode(bytes, where);
  return decodeValues(file, type, count, stored.bytes(bytes), where);
}
