// Where the noise at the outputs of a quantized model comes from, as a value.
import type { Interval } from '../statistics/interval.js';
import type { Cause } from './causes.js';

export interface Attribution {
  /** Samples that it was measured on. */
  readonly samples: number;
  /** Signal to noise of the integers against the float model as it was given; null where they are equal. */
  readonly sqnrDb: number | null;
  /** The greatest first. What was found to add nothing is left out. */
  readonly causes: readonly CauseShare[];
  /** Share of the noise that the causes do not add up to; negative where they are more than it, as they partly cancel. */
  readonly unexplained: number;
  /** The worst first; empty where the budget did not allow it. */
  readonly layers: readonly LayerLoss[];
  /** Layers that add less than those. */
  readonly otherLayers: number;
  /** Ranges of activations, and how many of them are far from what the samples take. */
  readonly ranges: { readonly of: number; readonly tooNarrow: number; readonly tooWide: number };
  /** What rounding alone costs, of the same numbers on the same samples. */
  readonly rounding: RoundingNoise;
  /** There is nothing to mend: the noise is that of rounding, and nothing is lost by it beyond chance. */
  readonly healthy: boolean;
  /** What was not looked at, and why. */
  readonly leftOut: readonly string[];
}

/** With every value rounded to nearest in the range that it takes, and nothing else. */
export interface RoundingNoise {
  /** Null where it costs nothing. */
  readonly sqnrDb: number | null;
  /** dB that the noise is above that; negative where choices made it less. Null where either is none. */
  readonly beyondDb: number | null;
  /** The noise is that of a quantization without a fault. */
  readonly isAll: boolean;
}

export interface CauseShare {
  readonly cause: Cause;
  /**
   * Of the noise: the mean of what the cause makes alone and of what is less without it; negative where it takes noise away, as a
   * corrected bias. Null for what is no noise of quantization: data that the float model is wrong on itself.
   */
  readonly share: number | null;
  /** Of the noise: with this cause alone. Null where it cannot be had alone. */
  readonly alone: number | null;
  /** Of the noise: what is less of it without this cause. Null where it cannot be taken away. */
  readonly removed: number | null;
  /** How it is known, where that is no figure. */
  readonly evidence: string | null;
  /** The user's layers in which it does most, the worst first; empty where it is of no layer, or nothing is known. */
  readonly layers: readonly string[];
}

export interface LayerLoss {
  /** The user's layer. */
  readonly layer: string;
  /** Of what the layer gives for exact inputs; null where it is exact. */
  readonly ownSqnrDb: number | null;
  /** Of the noise at the outputs: with this layer alone quantized. */
  readonly share: number;
  /** Of the noise: what each cause does in this layer alone; the greatest first. */
  readonly causes: readonly { readonly cause: Cause; readonly share: number }[];
  /** Where its range fits least: what the samples take, and what its integers cover; null where nothing has a scale. */
  readonly range: { readonly taken: Interval; readonly covered: Interval } | null;
}
