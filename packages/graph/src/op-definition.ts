// What an operator is, as data: the type that every file in ops/ fills in.
import type { DataType, TensorData } from './data-type.js';
import type { Quantization, Shape } from './ir.js';
import type { MultipliedPatches } from './arithmetic/multiplied-patches.js';
import type { QuantizationRule } from './operand-role.js';

/** What is known of an operand without running anything; constants carry their data. */
export interface OperandSpec {
  readonly shape: Shape;
  readonly dtype: DataType;
  readonly quantization?: Quantization | undefined;
  readonly data?: TensorData | undefined;
}

/** An operand while it is being computed. */
export interface Operand extends OperandSpec {
  readonly data: TensorData;
}

/**
 * How a 32-bit accumulator is scaled down. `double`: rounding doubling high multiply, then a rounding shift (TFLite
 * Micro, TFLite reference). `single`: one rounding at the end; convolutions and dense layers do it in float32, as XNNPACK.
 */
export type Rounding = 'double' | 'single';

export interface KernelContext<A> {
  readonly attributes: A;
  /** `undefined`: an optional operand that is left out. */
  readonly inputs: readonly (Operand | undefined)[];
  /** Allocated by the caller with the inferred shapes; a kernel fills `data`. */
  readonly outputs: readonly Operand[];
  readonly rounding: Rounding;
}

export type Kernel<A> = (context: KernelContext<A>) => void;

/** Which reference runs is chosen by the types of the activations and of the weights (`kernel-for.ts`). */
export interface KernelSet<A> {
  readonly float?: Kernel<A>;
  readonly int8?: Kernel<A>;
  /** float32 activations with int8 weights: the activations are quantized while it runs. */
  readonly hybrid?: Kernel<A>;
  readonly int16?: Kernel<A>;
  /** Bit patterns. */
  readonly float16?: Kernel<A>;
  /** Whole numbers without a scale; also the 32-bit integers that QUANTIZE knows with one. */
  readonly int32?: Kernel<A>;
  readonly int64?: Kernel<A>;
  /** Quantized as TFLite did it first. */
  readonly uint8?: Kernel<A>;
  /** int32, int64, uint8 and bool where each of them is treated alike: values move, or are compared. */
  readonly integer?: Kernel<A>;
}

/** An operator's attributes and operands before it has outputs. */
export interface OperatorContext<A> {
  readonly attributes: A;
  readonly inputs: readonly (OperandSpec | undefined)[];
}

/** An operator with its outputs. */
export interface AppliedContext<A> extends OperatorContext<A> {
  readonly outputs: readonly OperandSpec[];
}

/**
 * `null`: not a consequence of the inputs (a shape computed at run time, the type that QUANTIZE is to produce);
 * the recorded one is believed.
 */
export interface OutputSpec {
  readonly shape: Shape | null;
  readonly dtype: DataType | null;
  /** Other types that the output may be recorded with. */
  readonly or?: readonly DataType[];
}

export interface OperatorTraits {
  /** Each output element depends on the elements at the same place (after broadcasting) only. */
  readonly elementwise?: boolean;
  /** Values pass unchanged: reshapes, transpositions, padding, slicing. */
  readonly movesDataOnly?: boolean;
  /** The output has the very bytes of input 0 in the same order; only the shape differs. */
  readonly sameBytes?: boolean;
  /** The same values in another format of numbers, as near as it comes. */
  readonly convertsNumbers?: boolean;
  /**
   * A channel (the last dimension) of input 0 times a positive factor gives that channel of the output times it, if no
   * activation forbids it. Asked only where input 0 and output have equally many channels.
   */
  readonly scalesChannels?: (inputs: readonly (OperandSpec | undefined)[]) => boolean;
  /** Has an `activation` attribute into which a following RELU-like node can be fused. */
  readonly acceptsFusedActivation?: boolean;
  /** The output may overwrite an input of the same size in a runtime that supports it. */
  readonly mayRunInPlace?: boolean;
  /**
   * The output holds scores of classes: one decision per row along the last dimension (`rows`), or, of independent scores,
   * one where all of the output is one row (`whole`).
   */
  readonly scores?: 'rows' | 'whole';
}

export interface Cost {
  /** Multiply-accumulates. */
  readonly macs: number;
  /** Other arithmetic: additions, comparisons, table look-ups; one per element touched. */
  readonly elementOps: number;
  /** Bytes read and written: activations, weights, biases. */
  readonly bytes: number;
}

/** The operator's name in TFLite and where its attributes stand there. */
export interface TfliteEncoding<A> {
  /** Name in the BuiltinOperator enum. */
  readonly builtin: string;
  /** Name of the table in the BuiltinOptions union, or null when the operator has none. */
  readonly options: string | null;
  /** Attribute to field of that table, by the schema's own field names. Enum attributes hold the enum's names. */
  readonly fields: { readonly [K in keyof A & string]: string };
  /** Operator version by the operands' types and the attributes. Source: TFLite's op_version table. */
  version(context: AppliedContext<A>): number;
  /** Tensors of no content that stand beside the operands in a file. */
  intermediates?(context: AppliedContext<A>): readonly OperandSpec[];
}

/** A sentence that is the rule, the error text and the documentation at once. */
export interface Requirement<A> {
  readonly sentence: string;
  holds(context: OperatorContext<A>): boolean;
}

export interface OperatorDefinition<A extends object> {
  readonly kind: string;
  /** One line of what it computes, for the generated operator table. */
  readonly summary: string;
  /** Least and greatest number of inputs, optional ones included; number of outputs. */
  readonly arity: {
    readonly inputs: readonly [number, number];
    /** Inputs below the least that may be left out all the same. */
    readonly optional?: readonly number[];
    readonly outputs: number | 'as many as the attributes say';
  };
  /** Attributes that a file may leave out, as TFLite defaults them. */
  readonly defaults: A;
  /** Called only after `requires` holds. */
  infer(context: OperatorContext<A>): readonly OutputSpec[];
  readonly requires: readonly Requirement<A>[];
  readonly kernels: KernelSet<A>;
  /** Attributes that a layer is written with where its weights become integers and its activations stay real. */
  readonly hybridAttributes?: Partial<A>;
  /** What the operands are, and how the outputs get their scales when the operator is computed in integers. */
  readonly quantization: QuantizationRule;
  readonly traits: OperatorTraits;
  /** What its weights are multiplied by, of real values; absent where that was not written down, or there are no weights. */
  patches?(
    input: { readonly shape: Shape; readonly data: Float32Array },
    weights: Shape,
    attributes: A,
    output: Shape,
  ): MultipliedPatches;
  cost(context: AppliedContext<A>): Cost;
  readonly tflite: TfliteEncoding<A>;
  /** Method of MicroMutableOpResolver; null: TensorFlow Lite Micro has no such operator. */
  readonly tflm: { readonly resolver: string } | null;
}

/** Gives a definition its literal kind and checked attributes. */
export function defineOperator<const K extends string, A extends object>(
  definition: OperatorDefinition<A> & { readonly kind: K },
): OperatorDefinition<A> & { readonly kind: K } {
  return definition;
}
