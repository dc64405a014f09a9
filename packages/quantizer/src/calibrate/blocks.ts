// Consecutive samples belong together: which block of the data a sample lies in, and what that block is used for.

/** As many as give a usable estimate of chance, and few enough that each block of a usual set holds several samples. */
export const blockCount = 16;

/** Samples of one fold never choose the ranges that they judge. */
export type Fold = 0 | 1;
export const folds: readonly Fold[] = [0, 1];

/**
 * Neighbours in a file are often alike (windows of one recording, frames of one film): what was seen of one is known of the
 * other. So whole blocks are taken, never single samples. `count`: samples in the stream, as far as it is known.
 */
export function blockOf(index: number, count: number | undefined): number {
  if (count === undefined || count <= blockCount) return index % blockCount;
  return Math.floor((index * blockCount) / count) % blockCount;
}

/** The half of the data whose ranges a sample goes into. */
export function foldOf(block: number): Fold {
  return (block & 1) as Fold;
}

/** Of either fold, half the blocks explore (what is searched for is searched on them) and half confirm. */
export function explores(block: number): boolean {
  return (block & 2) === 0;
}
