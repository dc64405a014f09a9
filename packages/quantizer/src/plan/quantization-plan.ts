// The decisions of quantization as a value: everything that apply will do, with the reason beside each.
import type { DataType, Quantization, TensorId } from '@wherry/graph';

/** What an operand of a node becomes. `quantization` is absent for what stays as it is (axes, shapes). */
export interface OperandDecision {
  readonly dtype: DataType;
  readonly quantization?: Quantization;
  /** Weights: -128 is left out, as the specification has it. */
  readonly narrow?: true;
  readonly reason: string;
}

/** An activation tensor after quantization. */
export interface ActivationDecision extends OperandDecision {
  readonly quantization: Quantization;
}

export interface NodeDecision {
  /** Position in `graph.nodes`. */
  readonly node: number;
  /** One per input, in order; null where the input is left out or is an activation (see `activations`). */
  readonly constants: readonly (OperandDecision | null)[];
  /** Inputs that need a QUANTIZE in front because their writer cannot share the scale needed here. */
  readonly requantize: readonly { readonly input: number; readonly to: ActivationDecision }[];
  readonly reason: string;
}

export interface QuantizationPlan {
  readonly scheme: 'int8';
  readonly inputType: 'int8' | 'float32';
  readonly outputType: 'int8' | 'float32';
  readonly activations: ReadonlyMap<TensorId, ActivationDecision>;
  readonly nodes: readonly NodeDecision[];
}
