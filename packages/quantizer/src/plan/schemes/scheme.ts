// What a quantization scheme is, as data: the type that every file of this folder fills in.
import type { OpKind } from '@wherry/graph';
import type { AffineFormat, NumberFormat } from '../number-format.js';

export type SchemeName = 'float32' | 'float16' | 'dynamic-range' | 'int8' | 'int16x8' | 'int4';

export interface Scheme {
  readonly name: SchemeName;
  /** In a few words, for the report. */
  readonly title: string;
  /** Of values that flow. */
  readonly activations: Extract<NumberFormat, { readonly kind: 'real' }> | AffineFormat;
  /** Of constant filters. */
  readonly weights: NumberFormat;
  /** Of biases: integers are in steps of input scale times weight scale. */
  readonly bias: NumberFormat;
  /** Of constants in the place of activations; those that are read as integers follow `activations`. */
  readonly constants: NumberFormat;
  /** Constants of fewer elements stay float32: what they would save is less than what the conversion takes. */
  readonly leastElements: number;
  /** Ranges of activations are needed, and so samples. */
  readonly calibrated: boolean;
  /** Which scheme computes a node that cannot be computed in this one; null: the model is refused. */
  readonly otherwise: SchemeName | null;
}

/** Whether a node of that kind can be computed in a scheme, by the target's kernels and by the reference. */
export type Supports = (kind: OpKind, scheme: Scheme) => boolean;
