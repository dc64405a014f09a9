// What a candidate is: one way to choose ranges, and what is done beside it.
import type { RangeMethod } from '../calibrate/range.js';

export interface Settings {
  readonly method: RangeMethod;
  readonly correctBias: boolean;
  /** One scale for all of a matrix with short rows. */
  readonly compactMatrices: boolean;
  /** The channels between layers evened out (`equalize`). */
  readonly equalized: boolean;
}

export interface Candidate extends Settings {
  /** Mean distance of the outputs (see `judgements`); undefined when there was nothing to choose between. */
  readonly error: number | undefined;
  /** How many samples that is the mean of. */
  readonly samples: number;
}
