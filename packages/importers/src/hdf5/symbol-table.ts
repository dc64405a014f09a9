// Groups of the old form: a version 1 B-tree of symbol nodes, with the names in a local heap.
import { readText } from './text.js';
import { cursorAt, type Hdf5File } from './hdf5-file.js';
import type { Link } from './link.js';
import { invalid } from './refuse.js';
import { walkBtree1 } from './btree1.js';
import type { Cursor } from './cursor.js';

const CACHE_SOFT_LINK = 2;
const GROUP_TREE = 0;

interface LocalHeap {
  readonly address: number;
  readonly size: number;
}

/** The links of the group whose symbol table message is `message`, in the tree's (byte-wise name) order. */
export function readSymbolTable(file: Hdf5File, message: Cursor): Link[] {
  const tree = message.definedAddress();
  const heap = readLocalHeap(file, message.definedAddress());
  const links: Link[] = [];
  walkBtree1(file, tree, { type: GROUP_TREE, keyBytes: file.lengthSize }, (_key, child) => {
    readSymbolNode(file, child, heap, links);
  });
  return links;
}

function readLocalHeap(file: Hdf5File, address: number): LocalHeap {
  const cursor = cursorAt(file, address, 8 + 2 * file.lengthSize + file.offsetSize, 'a local heap');
  cursor.signature('HEAP');
  if (cursor.u8() !== 0) invalid('a local heap has an unknown version', cursor.start);
  cursor.skip(3);
  const size = cursor.length();
  cursor.length(); // head of the free list
  return { address: cursor.definedAddress(), size };
}

function heapString(file: Hdf5File, heap: LocalHeap, offset: number): string {
  if (offset >= heap.size) invalid('a name lies outside of its local heap', file.base + heap.address);
  const start = file.base + heap.address + offset;
  const limit = Math.min(file.bytes.length, file.base + heap.address + heap.size);
  let end = start;
  while (end < limit && file.bytes[end] !== 0) end++;
  if (end >= limit) invalid('a name in a local heap has no end', start);
  file.budget.spend(end - start);
  return readText(file.bytes.subarray(start, end));
}

function readSymbolNode(file: Hdf5File, address: number, heap: LocalHeap, links: Link[]): void {
  const head = cursorAt(file, address, 8, 'a symbol table node');
  head.signature('SNOD');
  if (head.u8() !== 1) invalid('a symbol table node has an unknown version', head.start);
  head.skip(1);
  const count = head.u16();
  const entries = cursorAt(file, address + 8, count * (2 * file.offsetSize + 24), 'a symbol table node');
  for (let i = 0; i < count; i++) {
    const name = heapString(file, heap, entries.uint(file.offsetSize));
    const target = entries.address();
    const cacheType = entries.u32();
    entries.skip(4);
    const scratch = entries.sub(16, 'a symbol table entry');
    if (cacheType === CACHE_SOFT_LINK) links.push({ name, kind: 'soft', path: heapString(file, heap, scratch.u32()) });
    else
      links.push({ name, kind: 'hard', address: target ?? invalid(`the link ${name} leads nowhere`, entries.start) });
  }
}
