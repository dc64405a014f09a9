// What each operand is to its operator, and where the format of each output comes from: the words of an operator's rule.

/** `axis`: along which per-axis scales run; `of`: the input that the weights multiply, or the weights that the bias belongs to. */
export type OperandRole =
  /** A real value that flows through the graph, or a constant in the place of one. */
  | { readonly role: 'activation' }
  /** A constant filter. */
  | { readonly role: 'weights'; readonly axis: number; readonly of: number }
  /** Added to the accumulator, in steps of input scale times weight scale. */
  | { readonly role: 'bias'; readonly of: number }
  /**
   * What the operator keeps from one run to the next: read and written in place, without data, zero before the first run. It is
   * of one node, and neither an input nor an output of the graph.
   */
  | { readonly role: 'state' }
  /** An axis, a size, a position: never a real value. */
  | { readonly role: 'index' }
  /** Read as it is, of whatever type: what SHAPE and CAST take. */
  | { readonly role: 'plain' };

export interface FixedScale {
  readonly scale: number;
  readonly zeroPoint: number;
}

export type OutputRule =
  /** Measured. */
  | { readonly from: 'calibration' }
  /** All activations that are read share one scale with it. */
  | { readonly from: 'same-as-inputs' }
  /** By the TFLite quantization specification. `widened`: of int16 that int8 activations become. */
  | { readonly from: 'fixed'; readonly int8: FixedScale; readonly int16: FixedScale; readonly widened?: FixedScale }
  /** A copy of that operand, a state: its scale. */
  | { readonly from: 'state'; readonly of: number }
  /** Shapes and indices, which have no scale. */
  | { readonly from: 'none' };

/** `each`: of every one, where there may be any number. */
export interface QuantizationRule {
  readonly operands: readonly OperandRole[] | { readonly each: OperandRole };
  readonly outputs: readonly OutputRule[] | { readonly each: OutputRule };
}

export const activation: OperandRole = { role: 'activation' };
export const index: OperandRole = { role: 'index' };
export const state: OperandRole = { role: 'state' };
export const plain: OperandRole = { role: 'plain' };

export function weights({ axis, of }: { readonly axis: number; readonly of: number }): OperandRole {
  return { role: 'weights', axis, of };
}

export function bias({ of }: { readonly of: number }): OperandRole {
  return { role: 'bias', of };
}

export const calibrated: OutputRule = { from: 'calibration' };
export const sameAsInputs: OutputRule = { from: 'same-as-inputs' };
export const unquantized: OutputRule = { from: 'none' };

export function copied({ of }: { readonly of: number }): OutputRule {
  return { from: 'state', of };
}

export function fixed(int8: FixedScale, int16: FixedScale, widened?: FixedScale): OutputRule {
  return { from: 'fixed', int8, int16, ...(widened === undefined ? {} : { widened }) };
}
