// Walks a version 1 B-tree: the index of old groups and of chunks.
import { cursorAt, type Hdf5File } from './hdf5-file.js';
import { invalid } from './refuse.js';
import type { Cursor } from './cursor.js';

interface TreeFormat {
  /** 0: group nodes, 1: raw data chunks. */
  readonly type: number;
  readonly keyBytes: number;
}

/** No tree of a real file is deeper: each level multiplies the entries by at least 2. */
const MAX_LEVEL = 48;

/** Calls `visit` with the key and the child address of every entry of every leaf, in order. */
export function walkBtree1(
  file: Hdf5File,
  root: number,
  format: TreeFormat,
  visit: (key: Cursor, child: number) => void,
): void {
  const visited = new Set<number>();
  const walk = (address: number, expectedLevel: number | undefined): void => {
    if (visited.has(address)) invalid('a B-tree refers to one of its nodes twice', file.base + address);
    visited.add(address);
    const head = cursorAt(file, address, 8 + 2 * file.offsetSize, 'a B-tree node');
    head.signature('TREE');
    if (head.u8() !== format.type) invalid('a B-tree node is of the wrong type', head.start);
    const level = head.u8();
    if (level > MAX_LEVEL || level !== (expectedLevel ?? level))
      invalid('a B-tree node is on the wrong level', head.start);
    const count = head.u16();
    const bytes = count * (format.keyBytes + file.offsetSize) + format.keyBytes;
    const entries = cursorAt(file, address + 8 + 2 * file.offsetSize, bytes, 'a B-tree node');
    for (let i = 0; i < count; i++) {
      const key = entries.sub(format.keyBytes, 'a B-tree key');
      const child = entries.definedAddress();
      if (level === 0) visit(key, child);
      else walk(child, level - 1);
    }
  };
  walk(root, undefined);
}
