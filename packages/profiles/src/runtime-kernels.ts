// What a runtime can run, as a value: for every operator the combinations of types its kernels accept.
import type { DataType } from '@wherry/graph';

export type Granularity = 'per-tensor' | 'per-axis';

/**
 * One accepted combination. Roles are those of the operator's quantization rule: `activations` are its real-valued
 * inputs (input 0 where the rule names none), `weights` its filter, `bias` its bias.
 */
export interface KernelRow {
  readonly activations: DataType;
  /** Absent: the operator has no filter. */
  readonly weights?: DataType;
  /** Absent: the operator has no bias. A bias that is left out is always accepted. */
  readonly bias?: DataType;
  /** Absent: the same as `activations`. */
  readonly output?: DataType;
  /** What the scales of the weights may be. Absent: the weights carry none, or there are none. */
  readonly granularity?: readonly Granularity[];
  /** What the scales of activations and outputs may be. Absent: each has one, which is all that most kernels read. */
  readonly scales?: readonly Granularity[];
  /** What fields of the operator's options must be for this row, by TFLite's names; those of every row are a limit. */
  readonly options?: { readonly [field: string]: readonly OptionValue[] };
  /** Upstream date (YYYY-MM-DD) of the change that brought it. Absent: older than every release in the table. */
  readonly since?: string;
}

/** The greatest version of an operator that a runtime takes. */
export interface VersionLimit {
  readonly max: number;
  /** Upstream date of the change that brought it. Absent: older than every release in the table. */
  readonly since?: string;
}

/** A value in an operator's table of options. */
export type OptionValue = number | boolean | string;

/**
 * What the scales of these inputs, multiplied by each other, may come to in steps of the first output: the kernel carries one
 * over to the other by a multiplication of integers.
 */
export interface ScaleRatio {
  readonly of: readonly number[];
  /** Types of the first of them, and of the filter among them, for which it holds; of every one where left out. */
  readonly activations?: readonly DataType[];
  readonly weights?: readonly DataType[];
  readonly below: number;
}

/** Magnitudes that integers of a constant bias stay below, beside filters of these types: the kernel's sums would wrap. */
export interface BiasLimit {
  readonly weights: readonly DataType[];
  readonly below: number;
}

/** What holds for every row of an operator. */
export interface OperatorLimits {
  /** Oldest first; the last that the runtime's version has counts. Absent: the runtime does not look at versions. */
  readonly versions?: readonly VersionLimit[];
  /** Least and greatest number of dimensions of input 0. */
  readonly minRank?: number;
  readonly maxRank?: number;
  /** Greatest number of inputs. */
  readonly maxInputs?: number;
  /** Greatest number of elements of input 0. */
  readonly maxElements?: number;
  /** Greatest number of rows of the first output: its elements over its last dimension. */
  readonly maxRows?: number;
  /** What fields of the operator's options may be, by TFLite's names. */
  readonly options?: { readonly [field: string]: readonly OptionValue[] };
  /** Pairs of fields that must be equal. */
  readonly equalOptions?: readonly (readonly [field: string, other: string])[];
  readonly ratios?: readonly ScaleRatio[];
  readonly biases?: readonly BiasLimit[];
  /** Inputs that must be constant. */
  readonly constantInputs?: readonly number[];
  /** Types of the inputs that rows do not name (axes, sizes, indices, states, filters after the first), by input number. */
  readonly operands?: { readonly [input: string]: readonly DataType[] };
}

export interface OperatorKernels {
  readonly rows: readonly KernelRow[];
  readonly limits?: OperatorLimits;
  /** What a reader should know that the rows cannot say. */
  readonly note?: string;
}

/** What the operands of a node are when a kernel's fault shows: every part that is given holds. Shapes are input 0's. */
export interface FaultCondition {
  /** Types of the first activation, whose shape is meant below. */
  readonly activations?: readonly DataType[];
  /** Only in kernels for this vector unit: a word of the profile's `simd`, or one whose `simd` is a unit that no fault names. */
  readonly simd?: string;
  readonly minRank?: number;
  readonly maxRank?: number;
  /** The first of these dimensions is smaller than the second; -1 is the last. */
  readonly smaller?: readonly [dimension: number, than: number];
  /** Elements of the last dimension, and rows of that many elements. */
  readonly minLast?: number;
  readonly lastNotMultipleOf?: number;
  readonly minRows?: number;
  /** Of TRANSPOSE_CONV: the padding SAME lies elsewhere when it is reckoned from the input's size instead of the output's. */
  readonly paddingFromInput?: true;
  /** Options by TFLite's names of their fields, each with the values that it has then. */
  readonly options?: { readonly [field: string]: readonly OptionValue[] };
}

/**
 * How a graph keeps clear of a fault. `rows`: the node works on a matrix, with a RESHAPE before and after it; `reshape`: a
 * RESHAPE takes its place, which only an operator with the same bytes going out as in allows, and which helps where the runtime
 * has no kernel at all; `activation`: what is fused into it becomes an operator of its own behind it; `transpose`: a TRANSPOSE in
 * front of it does what the options of a matrix product say; `none`: refused.
 */
export const workarounds = ['rows', 'reshape', 'activation', 'transpose', 'none'] as const;
export type Workaround = (typeof workarounds)[number];

/** A fault of the runtime that is known: the graph is made so that it cannot show. */
export interface KernelFault {
  /** Name in TFLite's BuiltinOperator enum. */
  readonly operator: string;
  readonly when: FaultCondition;
  /** What the kernel does wrong, as the end of a sentence that begins with its name. */
  readonly fault: string;
  /** Where it was read, and in which versions. */
  readonly source: string;
  readonly workaround: Workaround;
}

/** A version that a profile may name, and the upstream state it was made from. */
export interface RuntimeRelease {
  readonly version: string;
  /** YYYY-MM-DD: every upstream change up to this day is in it. */
  readonly upstream: string;
}

/** What holds for every tensor that a node reads or writes. */
export interface TensorLimits {
  readonly maxRank?: number;
  /** So many of the last dimensions may be larger than 1; those before them are 1. */
  readonly innermost?: number;
}

export interface RuntimeKernels {
  /** Also the file's name without `.json`. */
  readonly name: string;
  readonly title: string;
  /** Where the facts were read. */
  readonly source: string;
  /** Oldest first. */
  readonly releases: readonly RuntimeRelease[];
  readonly tensors?: TensorLimits;
  /** By the names of TFLite's BuiltinOperator enum. */
  readonly operators: { readonly [builtin: string]: OperatorKernels };
  /** Faults that no graph for this runtime may show; the list of a table that extends another replaces the other's. */
  readonly avoid: readonly KernelFault[];
  /** Activation types for which an operator has a kernel faster than the plain one. */
  readonly optimized: { readonly [builtin: string]: readonly DataType[] };
  /** Operators the runtime does not have, each with the reason. */
  readonly unsupported: { readonly [builtin: string]: string };
}
