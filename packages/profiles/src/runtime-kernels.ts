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
  /** First version of the runtime that has it; `*` where it precedes every version a profile may name. */
  readonly since: string;
  /** True where an optimized kernel takes this row; the reference one serves it otherwise. */
  readonly optimized?: boolean;
}

/** What holds for every row of an operator. */
export interface OperatorLimits {
  /** Greatest number of dimensions of input 0. */
  readonly maxRank?: number;
  readonly minRank?: number;
  /** Inputs that must be constant. */
  readonly constantInputs?: readonly number[];
  /** Types of the inputs without a role (axes, sizes, indices), by input number. */
  readonly operands?: { readonly [input: string]: readonly DataType[] };
  /** Greatest number of inputs. */
  readonly maxInputs?: number;
}

export interface OperatorKernels {
  readonly rows: readonly KernelRow[];
  readonly limits?: OperatorLimits;
  /** What a reader should know that the rows cannot say. */
  readonly note?: string;
}

export interface RuntimeKernels {
  /** Also the file's name without `.json`. */
  readonly name: string;
  readonly title: string;
  /** How versions of this runtime are written, for error texts: a date of the snapshot, a package version. */
  readonly versioning: string;
  /** The newest version the table was read from. */
  readonly readFrom: string;
  /** By the names of TFLite's BuiltinOperator enum. */
  readonly operators: { readonly [builtin: string]: OperatorKernels };
  /** Operators the runtime does not have (or not usefully), each with the reason. */
  readonly unsupported: { readonly [builtin: string]: string };
}
