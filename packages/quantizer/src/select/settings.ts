// What a candidate is: one way to choose ranges, and what is done beside it.
import type { TensorId } from '@wherry/graph';
import type { RangeMethod } from '../calibrate/range-methods.js';
import type { RangeOptions } from '../calibrate/range.js';
import type { Fold } from '../calibrate/blocks.js';
import type { ReconstructOptions, Reconstruction } from '../reconstruct/reconstruct.js';
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
  /** Weights that were found by reconstruction; absent: each is rounded to the nearest. */
  readonly weights?: FoundWeights;
}

/** Of one choice of everything else: weights are not found without samples either. */
export interface FoundWeights extends Pick<ReconstructOptions, 'optimized' | 'clip' | 'tellsCut'> {
  /** For the samples of either fold, out of those of the other. */
  readonly forFold: Readonly<Record<Fold, Reconstruction>>;
  /** Out of all samples: found where these settings are to stay. */
  readonly whole?: Reconstruction;
}

/** How a candidate fared. */
export interface Candidate {
  readonly method: RangeMethod;
  readonly correctBias: boolean;
  readonly equalized: boolean;
  /** Weights rounded together, see `reconstruct`. */
  readonly optimizedRounding: boolean;
  /** The largest weights of a channel may be cut off. */
  readonly clippedWeights: boolean;
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
export function settingsText({ method, correctBias, equalized, overrides, weights }: Settings): string {
  return [
    method,
    ...(equalized ? ['even channels'] : []),
    ...(correctBias ? ['corrected biases'] : []),
    ...(overrides.size > 0 ? ['refined ranges'] : []),
    ...(weights?.clip === true ? ['clipped weights'] : []),
    ...(weights?.optimized === true ? ['optimized rounding'] : []),
  ].join(', ');
}

export function candidateOf(
  { method, correctBias, equalized, overrides, outputErrors, weights }: Settings,
  measured: Pick<Candidate, 'sqnrDb' | 'samples' | 'gain' | 'kept'>,
): Candidate {
  const { sqnrDb, samples, gain, kept } = measured;
  const outputsCorrected = outputErrors !== undefined;
  // What is found may take out what is wrong on the mean as well.
  const takesOut = (weights?.forFold[0].errors.size ?? 0) > 0;
  return {
    method,
    correctBias: correctBias || takesOut,
    equalized,
    optimizedRounding: weights?.optimized === true,
    clippedWeights: weights?.clip === true,
    refined: overrides.size,
    outputsCorrected,
    sqnrDb,
    samples,
    gain,
    kept,
  };
}
