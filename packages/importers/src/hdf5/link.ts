// Links of the new form: link messages, kept in the object header or densely in a fractal heap.
import { readBtree2 } from './btree2.js';
import type { Cursor } from './cursor.js';
import { openFractalHeap } from './fractal-heap.js';
import type { Hdf5File } from './hdf5-file.js';
import { invalid, outsideFile, unsupported } from './refuse.js';
import { readText } from './text.js';

export type Link =
  | { readonly name: string; readonly kind: 'hard'; readonly address: number }
  | { readonly name: string; readonly kind: 'soft'; readonly path: string }
  | { readonly name: string; readonly kind: 'external' };

const NAME_INDEX = 5;
const HEAP_ID_BYTES = 7;

/** One link message. */
export function readLink(cursor: Cursor): Link {
  const at = cursor.position;
  if (cursor.u8() !== 1) invalid('a link has an unknown version', at);
  const flags = cursor.u8();
  const type = (flags & 0x08) !== 0 ? cursor.u8() : 0;
  if ((flags & 0x04) !== 0) cursor.skip(8); // creation order
  if ((flags & 0x10) !== 0) cursor.skip(1); // character set
  const name = readText(cursor.bytes(cursor.uint(1 << (flags & 3))));
  if (type === 0) return { name, kind: 'hard', address: cursor.definedAddress() };
  if (type === 1) return { name, kind: 'soft', path: readText(cursor.bytes(cursor.u16())) };
  if (type === 64) return { name, kind: 'external' };
  return unsupported(`the link ${name} has the unknown type ${type}`, at);
}

/** The links that the link info message keeps outside of the object header, in the order of the index. */
export function readDenseLinks(file: Hdf5File, info: Cursor): Link[] {
  if (info.u8() !== 0) invalid('a link info message has an unknown version', info.start);
  const flags = info.u8();
  if ((flags & 1) !== 0) info.skip(8); // greatest creation order
  const heapAddress = info.address();
  const index = info.address();
  if (heapAddress === undefined) return [];
  if (index === undefined) invalid('a group has links in a heap but no index of them', info.start);
  const heap = openFractalHeap(file, heapAddress);
  return readBtree2(file, index, NAME_INDEX, 4 + HEAP_ID_BYTES).map((record) => {
    record.skip(4); // hash of the name
    return readLink(heap.object(record.bytes(HEAP_ID_BYTES)));
  });
}

/** Refuses what would open another file; gives the rest back. */
export function insideFile(link: Link): Exclude<Link, { kind: 'external' }> {
  if (link.kind === 'external') outsideFile(`the link ${link.name} leads into another file`, link.name);
  return link;
}
