// Lists the chunks of a dataset from whichever index the file keeps of them.
import { walkBtree1 } from './btree1.js';
import { readBtree2 } from './btree2.js';
import { bytesToHold } from './bytes-to-hold.js';
import { coordinatesOf, type Chunk, type ChunkGrid } from './chunk.js';
import type { Cursor } from './cursor.js';
import { readExtensibleArray } from './extensible-array.js';
import { readFixedArray } from './fixed-array.js';
import type { Hdf5File } from './hdf5-file.js';
import type { ChunkIndex } from './layout.js';
import { invalid } from './refuse.js';

const CHUNK_TREE = 1;
const PLAIN_CHUNKS = 10;
const FILTERED_CHUNKS = 11;

/** The chunks that are stored; those that are not are left out. `chunk` is the chunk's shape in elements. */
export function listChunks(file: Hdf5File, index: ChunkIndex, chunk: readonly number[], grid: ChunkGrid): Chunk[] {
  const { address } = index;
  if (address === undefined) return [];
  const origin = grid.counts.map(() => 0);
  switch (index.kind) {
    case 'btree1':
      return fromBtree1(file, address, chunk);
    case 'single':
      return [
        {
          coordinates: origin,
          address,
          length: index.filtered?.length ?? grid.chunkBytes,
          skipMask: index.filtered?.mask ?? 0,
        },
      ];
    case 'implicit':
      return naturalOrder(grid, (i) => ({
        address: address + i * grid.chunkBytes,
        length: grid.chunkBytes,
        skipMask: 0,
      }));
    case 'fixed-array':
      return fromArray(
        grid,
        readFixedArray(file, address),
        origin.map((_, d) => d),
      );
    case 'extensible-array':
      return fromArray(grid, readExtensibleArray(file, address, grid.total), growingFirst(grid));
    case 'btree2':
      return fromBtree2(file, address, grid);
  }
}

function naturalOrder(grid: ChunkGrid, place: (i: number) => Omit<Chunk, 'coordinates'>): Chunk[] {
  const order = grid.counts.map((_, d) => d);
  return Array.from({ length: grid.total }, (_, i) => ({
    coordinates: coordinatesOf(i, grid.counts, order),
    ...place(i),
  }));
}

/** An extensible array counts along the one dimension that may grow slowest, so that growing appends. */
function growingFirst(grid: ChunkGrid): number[] {
  const growing = grid.resizable.indexOf(true);
  const rest = grid.counts.map((_, d) => d).filter((d) => d !== growing);
  return growing < 0 ? rest : [growing, ...rest];
}

function fromBtree1(file: Hdf5File, address: number, chunk: readonly number[]): Chunk[] {
  const chunks: Chunk[] = [];
  walkBtree1(file, address, { type: CHUNK_TREE, keyBytes: 8 + 8 * (chunk.length + 1) }, (key, child) => {
    const length = key.u32();
    const skipMask = key.u32();
    const coordinates = chunk.map((size) => {
      const start = key.uint(8);
      if (start % size !== 0) invalid('a chunk does not begin at a multiple of its size', key.start);
      return start / size;
    });
    chunks.push({ coordinates, address: child, length, skipMask });
  });
  return chunks;
}

/** Width of the stored length of a filtered chunk: room for 256 times the plain chunk. */
function lengthBytes(chunkBytes: number): number {
  return Math.min(8, bytesToHold(chunkBytes) + 1);
}

function readPlace(record: Cursor, grid: ChunkGrid): Omit<Chunk, 'coordinates'> | undefined {
  const address = record.address();
  const length = grid.filtered ? record.uint(lengthBytes(grid.chunkBytes)) : grid.chunkBytes;
  const skipMask = grid.filtered ? record.u32() : 0;
  return address === undefined ? undefined : { address, length, skipMask };
}

function fromArray(grid: ChunkGrid, records: readonly Cursor[], order: readonly number[]): Chunk[] {
  if (records.length < grid.total)
    invalid(`an index holds ${records.length} chunks, but the dataset has ${grid.total}`);
  const chunks: Chunk[] = [];
  for (let i = 0; i < grid.total; i++) {
    const place = readPlace(records[i]!, grid);
    if (place !== undefined) chunks.push({ coordinates: coordinatesOf(i, grid.counts, order), ...place });
  }
  return chunks;
}

function fromBtree2(file: Hdf5File, address: number, grid: ChunkGrid): Chunk[] {
  return readBtree2(file, address, grid.filtered ? FILTERED_CHUNKS : PLAIN_CHUNKS).map((record) => {
    const place = readPlace(record, grid) ?? invalid('a chunk has no address', record.start);
    return { coordinates: grid.counts.map(() => record.uint(8)), ...place };
  });
}
