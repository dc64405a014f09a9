// Where one chunk of a dataset is stored, and the grid that chunks form.

/** The chunk at `coordinates` of the grid (in chunks, not elements). */
export interface Chunk {
  readonly coordinates: readonly number[];
  readonly address: number;
  /** Stored bytes, after the filters. */
  readonly length: number;
  /** A bit for each filter that was left out. */
  readonly skipMask: number;
}

export interface ChunkGrid {
  /** Chunks along each dimension. */
  readonly counts: readonly number[];
  /** Product of the counts. */
  readonly total: number;
  /** Bytes of a whole chunk, without filters. */
  readonly chunkBytes: number;
  readonly filtered: boolean;
  readonly resizable: readonly boolean[];
}

/** The coordinates of the chunk that an array index keeps at `index`: C order, unless `order` permutes the dimensions. */
export function coordinatesOf(index: number, counts: readonly number[], order: readonly number[]): number[] {
  const coordinates = new Array<number>(counts.length).fill(0);
  let rest = index;
  for (let d = order.length - 1; d >= 0; d--) {
    const count = counts[order[d]!]!;
    coordinates[order[d]!] = rest % count;
    rest = Math.floor(rest / count);
  }
  return coordinates;
}
