// What the cases of an operator are, as data: the type that every ops/*.cases.ts fills in.
import type { DataType } from '../data-type.js';
import type { Shape } from '../ir.js';

/** An operand by the part it plays. Its type follows from the case's, its values and scales from a seed. */
export type CaseOperand =
  | {
      readonly role: 'activation';
      readonly shape: Shape;
      /** Least and greatest real value; default -8 and 8. */
      readonly range?: readonly [number, number];
      readonly constant?: boolean;
    }
  | {
      readonly role: 'weights';
      readonly shape: Shape;
      readonly scales: 'one' | 'per axis';
      /** Where it is quantized; default int8. */
      readonly dtype?: 'int8' | 'int16';
    }
  /** `quantized`: what it is where the activations are. */
  | { readonly role: 'state'; readonly shape: Shape; readonly quantized: StateForm }
  | { readonly role: 'bias'; readonly length: number }
  | {
      readonly role: 'indices';
      readonly values: readonly number[];
      readonly shape: Shape;
      readonly dtype: 'int32' | 'int64';
      /** Given when the graph runs, not a constant. */
      readonly fed: boolean;
    };

export interface StateForm {
  readonly dtype: 'int8' | 'int16';
  readonly scale: number;
  readonly zeroPoint: number;
}

/** The type of the activations, and of the output where the inputs do not decide it. */
export interface CaseType {
  readonly from: DataType;
  readonly to?: DataType;
  /** Of the filter and the bias, where there is a choice. */
  readonly weights?: 'int4' | 'int8';
  readonly bias?: 'int32';
}

export interface OperatorCase<A> {
  /** `null`: an optional operand that is left out. */
  readonly inputs: readonly (CaseOperand | null)[];
  readonly attributes?: Partial<A>;
  /** Of the operator's types only those from or to these; default: all. */
  readonly only?: readonly DataType[];
}

export interface OperatorCases<A> {
  readonly cases: readonly OperatorCase<A>[];
  /** Default: one per type that the operator's kernels take. */
  readonly types?: readonly CaseType[];
}
