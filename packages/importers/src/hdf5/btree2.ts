// Reads all records of a version 2 B-tree: the index of dense links, dense attributes, huge objects and chunks.
import { cursorAt, type Hdf5File } from './hdf5-file.js';
import { verifyChecksum } from './lookup3.js';
import { invalid } from './refuse.js';
import { bytesToHold } from './bytes-to-hold.js';
import type { Cursor } from './cursor.js';

const MAX_DEPTH = 32;
const NODE_OVERHEAD = 10;

interface Tree {
  readonly file: Hdf5File;
  readonly type: number;
  readonly nodeBytes: number;
  readonly recordBytes: number;
  /** Bytes of a record count in a child pointer, and per depth those of a cumulative count. */
  readonly countBytes: number;
  readonly totalBytes: readonly number[];
  readonly visited: Set<number>;
}

/** Records in tree order. `recordBytes` is checked against the tree's own; undefined accepts any. */
export function readBtree2(file: Hdf5File, address: number, type: number, recordBytes?: number): Cursor[] {
  const header = cursorAt(file, address, 16 + file.offsetSize + 2 + file.lengthSize + 4, 'a B-tree');
  header.signature('BTHD');
  if (header.u8() !== 0 || header.u8() !== type) invalid('a B-tree is of the wrong version or type', header.start);
  const nodeBytes = header.u32();
  const ownRecordBytes = header.u16();
  const depth = header.u16();
  header.skip(2); // split and merge percentages
  const root = header.address();
  const rootCount = header.u16();
  header.length(); // total number of records
  verifyChecksum(header);
  if (
    depth > MAX_DEPTH ||
    ownRecordBytes === 0 ||
    nodeBytes < NODE_OVERHEAD ||
    ownRecordBytes !== (recordBytes ?? ownRecordBytes)
  ) {
    invalid('the header of a B-tree contradicts itself', header.start);
  }
  if (root === undefined) return [];
  const tree = describe(file, type, nodeBytes, ownRecordBytes, depth);
  const records: Cursor[] = [];
  readNode(tree, root, rootCount, depth, records);
  return records;
}

/** The sizes of counts follow from how many records a node of each depth can hold. */
function describe(file: Hdf5File, type: number, nodeBytes: number, recordBytes: number, depth: number): Tree {
  const leafRecords = Math.floor((nodeBytes - NODE_OVERHEAD) / recordBytes);
  const countBytes = bytesToHold(leafRecords);
  const totalBytes = [0];
  let cumulative = leafRecords;
  for (let level = 1; level <= depth; level++) {
    const pointer = file.offsetSize + countBytes + totalBytes[level - 1]!;
    const records = Math.floor((nodeBytes - NODE_OVERHEAD - pointer) / (recordBytes + pointer));
    cumulative = Math.min((records + 1) * cumulative + records, 2 ** 63);
    totalBytes.push(bytesToHold(cumulative));
  }
  return { file, type, nodeBytes, recordBytes, countBytes, totalBytes, visited: new Set() };
}

function readNode(tree: Tree, address: number, count: number, depth: number, records: Cursor[]): void {
  const { file, recordBytes } = tree;
  if (tree.visited.has(address)) invalid('a B-tree refers to one of its nodes twice', file.base + address);
  tree.visited.add(address);
  const pointerBytes = depth === 0 ? 0 : file.offsetSize + tree.countBytes + tree.totalBytes[depth - 1]!;
  const bytes = NODE_OVERHEAD + count * recordBytes + (depth === 0 ? 0 : (count + 1) * pointerBytes);
  const node = cursorAt(file, address, bytes, 'a B-tree node');
  node.signature(depth === 0 ? 'BTLF' : 'BTIN');
  if (node.u8() !== 0 || node.u8() !== tree.type) invalid('a B-tree node is of the wrong version or type', node.start);
  const own = Array.from({ length: count }, () => node.sub(recordBytes, 'a B-tree record'));
  const children = Array.from({ length: depth === 0 ? 0 : count + 1 }, () => {
    const child = node.definedAddress();
    const childCount = node.uint(tree.countBytes);
    node.skip(tree.totalBytes[depth - 1]!);
    return { child, childCount };
  });
  verifyChecksum(node);
  if (depth === 0) {
    for (const record of own) records.push(record);
    return;
  }
  children.forEach(({ child, childCount }, i) => {
    readNode(tree, child, childCount, depth - 1, records);
    const separator = own[i];
    if (separator !== undefined) records.push(separator);
  });
}
