// What lies in the arena: blocks with the steps at which they are in use, and which of them may overlap.
import type { TensorId } from '@wherry/graph';

/** Memory for a tensor, for all that have the same bytes or are made as parts of it, or for a call's scratch. Step i is node i; -1 is before, n behind all. */
export interface Block {
  /** Empty: scratch. */
  readonly tensors: readonly TensorId[];
  readonly bytes: number;
  readonly firstStep: number;
  readonly lastStep: number;
}

/**
 * `output` may begin `distance` bytes behind the beginning of `input`, or lower, for all that its kernel does; and where that
 * begins, if it is `inPlace`.
 */
export interface Overlap {
  readonly input: number;
  readonly output: number;
  readonly distance: number;
  readonly inPlace: boolean;
}

export interface Layout {
  /** What every offset is a multiple of, in bytes. */
  readonly alignment: number;
  readonly blocks: readonly Block[];
  /** By places in `blocks`: of an input that nobody reads later, and what is made of it. */
  readonly overlaps: readonly Overlap[];
}

/** Offsets in bytes, one per block, and the end of the highest. */
export interface Places {
  readonly offsets: readonly number[];
  readonly bytes: number;
}

export function meets(a: Block, b: Block): boolean {
  return a.firstStep <= b.lastStep && b.firstStep <= a.lastStep;
}
