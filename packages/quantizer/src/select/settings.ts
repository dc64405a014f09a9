// What a candidate is: one way to choose ranges, and what is done beside it.
import type { TensorId } from '@wherry/graph';
import type { RangeMethod, RangeOptions } from '../calibrate/range.js';
import type { Gain } from './evidence.js';

export interface Settings {
  readonly method: RangeMethod;
  readonly correctBias: boolean;
  /** The channels between layers evened out (`equalize`). */
  readonly equalized: boolean;
  /** Scale groups with a choice of their own, by their representative. */
  readonly overrides: ReadonlyMap<TensorId, RangeOptions>;
  /** Mean errors to take out of the biases of the last layers, by their float outputs. */
  readonly outputErrors: ReadonlyMap<TensorId, Float64Array> | undefined;
}

/** How a candidate fared. */
export interface Candidate {
  readonly method: RangeMethod;
  readonly correctBias: boolean;
  readonly equalized: boolean;
  /** Scale groups with a range method of their own. */
  readonly refined: number;
  /** The last layers' biases are corrected by what was measured. */
  readonly outputsCorrected: boolean;
  /** Of the outputs, on samples that chose no range of it; undefined when there was nothing to choose between. */
  readonly sqnrDb: number | undefined;
  /** How many samples that is of. */
  readonly samples: number;
  /** dB less noise than what it was tried against, and one standard error of that; undefined for the first. */
  readonly gain: Gain | undefined;
  /** It took the place of that. */
  readonly kept: boolean;
}

/** In a few words. */
export function settingsText({ method, correctBias, equalized, overrides }: Settings): string {
  return [
    method,
    ...(equalized ? ['even channels'] : []),
    ...(correctBias ? ['corrected biases'] : []),
    ...(overrides.size > 0 ? ['refined ranges'] : []),
  ].join(', ');
}

export function candidateOf(
  { method, correctBias, equalized, overrides, outputErrors }: Settings,
  measured: Pick<Candidate, 'sqnrDb' | 'samples' | 'gain' | 'kept'>,
): Candidate {
  const { sqnrDb, samples, gain, kept } = measured;
  const outputsCorrected = outputErrors !== undefined;
  return { method, correctBias, equalized, refined: overrides.size, outputsCorrected, sqnrDb, samples, gain, kept };
}
