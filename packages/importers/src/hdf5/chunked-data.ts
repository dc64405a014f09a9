// Assembles the bytes of a chunked dataset.
import type { Chunk, ChunkGrid } from './chunk.js';
import { listChunks } from './chunk-index.js';
import { countElements } from './dataspace.js';
import { undoFilters, type Filter } from './filter-pipeline.js';
import { cursorAt, type Hdf5File } from './hdf5-file.js';
import type { Layout } from './layout.js';
import { invalid, noStorage } from './refuse.js';

export interface ChunkedArray {
  readonly file: Hdf5File;
  readonly layout: Extract<Layout, { kind: 'chunked' }>;
  readonly filters: readonly Filter[];
  readonly shape: readonly number[];
  readonly resizable: readonly boolean[];
  readonly where: string;
}

/** All elements in C order. Every chunk of the grid has to be stored, exactly once. */
export function readChunkedData(array: ChunkedArray): Uint8Array {
  const { file, layout, shape, where } = array;
  if (layout.chunk.length !== shape.length) invalid('the chunks and the shape of a dataset differ in rank', where);
  const bytes = countElements(shape, where) * layout.elementBytes;
  const chunkBytes = countElements(layout.chunk, where) * layout.elementBytes;
  file.budget.decode(bytes, where);
  const counts = shape.map((size, d) => Math.ceil(size / layout.chunk[d]!));
  const total = counts.reduce((product, count) => product * count, 1);
  const grid: ChunkGrid = { counts, total, chunkBytes, filtered: array.filters.length > 0, resizable: array.resizable };
  file.budget.spend(Math.min(total, 16) * counts.length);
  if (layout.index.kind === 'implicit')
    cursorAt(file, layout.index.address ?? 0, total * chunkBytes, 'the chunks of a dataset');
  const chunks = listChunks(file, layout.index, layout.chunk, grid);
  requireEvery(chunks, grid, where);
  const result = new Uint8Array(bytes);
  for (const chunk of chunks) placeChunk(array, chunk, chunkBytes, result);
  return result;
}

function requireEvery(chunks: readonly Chunk[], grid: ChunkGrid, where: string): void {
  const seen = new Set<number>();
  for (const chunk of chunks) {
    if (chunk.coordinates.some((coordinate, d) => coordinate >= grid.counts[d]!)) {
      invalid('a chunk lies outside of its dataset', where);
    }
    seen.add(chunk.coordinates.reduce((index, coordinate, d) => index * grid.counts[d]! + coordinate, 0));
  }
  if (seen.size !== chunks.length) invalid('a dataset stores a chunk twice', where);
  if (seen.size < grid.total)
    noStorage(`${grid.total - seen.size} of its ${grid.total} chunks were never written`, where);
}

function placeChunk(array: ChunkedArray, chunk: Chunk, chunkBytes: number, result: Uint8Array): void {
  const { file, where } = array;
  file.budget.decode(chunkBytes, where);
  const stored = cursorAt(file, chunk.address, chunk.length, 'a chunk').bytes(chunk.length);
  const bytes = undoFilters(stored, array.filters, chunk.skipMask, chunkBytes, where);
  if (bytes.length !== chunkBytes) invalid(`a chunk gives ${bytes.length} bytes instead of ${chunkBytes}`, where);
  copyChunk(array, chunk.coordinates, bytes, result);
}

/** Copies row by row the part of the chunk that lies inside of the dataset. */
function copyChunk(array: ChunkedArray, coordinates: readonly number[], bytes: Uint8Array, result: Uint8Array): void {
  const { shape } = array;
  const { chunk, elementBytes } = array.layout;
  const last = shape.length - 1;
  const start = coordinates.map((coordinate, d) => coordinate * chunk[d]!);
  const extent = shape.map((size, d) => Math.min(chunk[d]!, size - start[d]!));
  const rowBytes = extent[last]! * elementBytes;
  const index = new Array<number>(shape.length).fill(0);
  for (;;) {
    let from = 0;
    let to = 0;
    for (let d = 0; d <= last; d++) {
      from = from * chunk[d]! + index[d]!;
      to = to * shape[d]! + start[d]! + index[d]!;
    }
    result.set(bytes.subarray(from * elementBytes, from * elementBytes + rowBytes), to * elementBytes);
    let d = last - 1;
    while (d >= 0 && ++index[d]! >= extent[d]!) index[d--] = 0;
    if (d < 0) return;
  }
}
