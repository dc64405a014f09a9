// Reads objects out of global heap collections: the text of strings of variable length.
import { cursorAt, type Hdf5File } from './hdf5-file.js';
import { invalid } from './refuse.js';

type Collection = ReadonlyMap<number, Uint8Array>;

const cache = new WeakMap<Hdf5File, Map<number, Collection>>();

/** The object `index` of the collection at `address`. Each collection is read once per file. */
export function globalHeapObject(file: Hdf5File, address: number, index: number): Uint8Array {
  const collections = cache.get(file) ?? new Map<number, Collection>();
  cache.set(file, collections);
  const collection = collections.get(address) ?? readCollection(file, address);
  collections.set(address, collection);
  const object = collection.get(index);
  if (object === undefined)
    return invalid(`a string refers to the missing object ${index} of a global heap`, file.base + address);
  return object;
}

function readCollection(file: Hdf5File, address: number): Collection {
  const head = cursorAt(file, address, 8 + file.lengthSize, 'a global heap');
  head.signature('GCOL');
  if (head.u8() !== 1) invalid('a global heap has an unknown version', head.start);
  head.skip(3);
  const size = head.length();
  const cursor = cursorAt(file, address, size, 'a global heap');
  cursor.skip(8 + file.lengthSize);
  const objects = new Map<number, Uint8Array>();
  const objectHead = 8 + file.lengthSize;
  while (cursor.remaining >= objectHead) {
    const index = cursor.u16();
    cursor.skip(6); // reference count, reserved
    const length = cursor.length();
    if (index === 0) break; // free space, always last
    objects.set(index, cursor.bytes(length));
    cursor.skip(Math.min(cursor.remaining, (8 - (length % 8)) % 8));
  }
  return objects;
}
