// Which numbers a graph will be computed in on the device, as far as training has to know.
import type { TensorId } from '@wherry/graph';

/** An activation that is written in integers. */
export interface ActivationFormat {
  /** Those of one group share a scale. */
  readonly group: TensorId;
  readonly least: number;
  readonly greatest: number;
  /** The zero point is 0. */
  readonly symmetric: boolean;
  /** Where the specification fixes the scale, or the input has the one that it is fed with: it is not trained. */
  readonly fixed?: { readonly scale: number; readonly zeroPoint: number };
}

/** Symmetric integers, with one scale for each slice along `axis`, or one for all. */
export interface WeightFormat {
  readonly axis: number | null;
  readonly greatest: number;
  /** Real values that become the greatest integer, one per scale. */
  readonly magnitudes: readonly number[];
}

/** In steps of the scale of what the layer reads times that of its weights. */
export interface BiasFormat {
  readonly input: TensorId;
  readonly weights: TensorId;
}

export interface GraphFormats {
  readonly activations: ReadonlyMap<TensorId, ActivationFormat>;
  readonly weights: ReadonlyMap<TensorId, WeightFormat>;
  readonly biases: ReadonlyMap<TensorId, BiasFormat>;
  /** Constants in the place of activations, as the integers give them back. */
  readonly constants: ReadonlyMap<TensorId, Float32Array>;
}

/** The real interval that integers cover; by group. */
export interface Interval {
  readonly min: number;
  readonly max: number;
}
