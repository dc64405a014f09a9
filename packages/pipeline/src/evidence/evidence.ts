// What a page shows of single samples and values: collected only where a page is asked for.
import type { Shape, TensorData, TensorId } from '@wherry/graph';
import type { Interval } from '../statistics/interval.js';

export interface Evidence {
  /** Of each output; undefined for one that makes no single decision of a sample. */
  readonly decisions: readonly (DecisionEvidence | undefined)[];
  /** That `values` are of. */
  readonly layerSamples: number;
  /** By the tensor of the quantized graph. */
  readonly values: ReadonlyMap<TensorId, ValueEvidence>;
  /** Of the inputs of the float graph. */
  readonly inputShapes: readonly Shape[];
}

/** Who decided what, and samples that were decided otherwise than by the float model. */
export interface DecisionEvidence {
  readonly classes: number;
  /** The samples that rows are of have labels; else rows are what the float model decides. */
  readonly byLabel: boolean;
  /** [classes * classes]: label or decision of the float model, by decision of the quantized one. */
  readonly counts: readonly number[];
  readonly flipped: number;
  /** The first of them. */
  readonly flips: readonly FlippedSample[];
}

export interface FlippedSample {
  /** What the data call it, where they do. */
  readonly id?: string | undefined;
  /** Its place among the samples that were taken, from 0. */
  readonly place: number;
  readonly label: number | undefined;
  readonly float: Decision;
  readonly quantized: Decision;
  /** As the model was given them. */
  readonly inputs: readonly TensorData[];
}

export interface Decision {
  readonly class: number;
  readonly score: number;
}

/** Values of the float model that the integers of one tensor stand for. */
export interface ValueEvidence {
  /** Bins of one width from the least of `taken` and `covered` to the greatest. */
  readonly counts: readonly number[];
  readonly taken: Interval;
  /** What the integers can say. */
  readonly covered: Interval;
  readonly values: number;
  /** Of them, outside of that. */
  readonly cutOff: number;
}
