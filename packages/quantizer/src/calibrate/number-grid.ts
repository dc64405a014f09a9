// The steps that integers have for the values of a range: what a range is worth hangs on how fine they are.
import { integerRange } from '@wherry/graph';
import type { AffineFormat, NumberFormat } from '../plan/number-format.js';
import { affine } from '../plan/number-format.js';

interface Ends {
  readonly min: number;
  readonly max: number;
}

export interface NumberGrid {
  /** From the least to the greatest integer. */
  readonly steps: number;
  /** What is covered reaches as far down as up. */
  readonly symmetric: boolean;
}

/** What activations have where nothing else is said. */
export const byteGrid = gridOf(affine('int8'));

export function gridOf({ dtype, symmetric }: AffineFormat): NumberGrid {
  const [least, greatest] = integerRange(dtype);
  return { steps: symmetric ? 2 * greatest : greatest - least, symmetric };
}

/** Of what activations are written as: real ones have no integers, and nothing is chosen for them. */
export function activationGrid(format: NumberFormat): NumberGrid {
  return format.kind === 'affine' ? gridOf(format) : byteGrid;
}

/** What integers cover that are to hold a range. */
export function coveredBy({ min, max }: Ends, { symmetric }: NumberGrid): Ends {
  const reach = Math.max(-min, max);
  return symmetric ? { min: -reach, max: reach } : { min, max };
}
