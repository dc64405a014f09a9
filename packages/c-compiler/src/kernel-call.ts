// What an operator becomes: calls of kernels, as values. `emit/` writes them down, `memory/` finds places for what they touch.
import type { AccessOrder } from './access/access-order.js';

/** Element types of constant arrays. */
export type ArrayType = 'int8_t' | 'int16_t' | 'uint16_t' | 'int32_t' | 'float';

/** A constant array of 64-bit integers. */
export interface LongArrayArgument {
  readonly is: 'longs';
  readonly name: string;
  readonly values: BigInt64Array;
}

/** A constant array of the call's own. */
export interface ArrayArgument {
  readonly is: 'array';
  readonly name: string;
  readonly type: ArrayType;
  readonly values: ArrayLike<number>;
}

/** A constant array of the structure `type` of the kernel's file: the values of its fields for each element. */
export interface RecordsArgument {
  readonly is: 'records';
  readonly name: string;
  readonly type: string;
  readonly records: readonly SettingsValues[];
}

/** Values of the fields of a structure, by their names. */
export interface SettingsValues {
  readonly [field: string]: number | readonly number[] | SettingsValues;
}

/** One value of the structure `type` of the kernel's file. */
export interface SettingsArgument {
  readonly is: 'settings';
  readonly name: string;
  readonly type: string;
  readonly values: SettingsValues;
}

export type Argument =
  | { readonly is: 'input' | 'output'; readonly position: number }
  /** An input that is kept from run to run, to be read and written. */
  | { readonly is: 'state'; readonly position: number }
  /** Memory of the arena that is the call's while it runs. */
  | { readonly is: 'scratch'; readonly bytes: number }
  /** Room for pointers to int8, on the stack. */
  | { readonly is: 'pointers'; readonly count: number }
  | { readonly is: 'integer'; readonly value: number }
  | { readonly is: 'float'; readonly value: number }
  | ArrayArgument
  | LongArrayArgument
  | RecordsArgument
  | SettingsArgument;

export interface KernelCall {
  /** Path of the file in kernels/ without its ending; that of portable/ may be left away. */
  readonly file: string;
  /** Name of the function. */
  readonly kernel: string;
  readonly arguments: readonly Argument[];
  /** Absent: it may read and write anything of its operands at any time. */
  readonly access?: AccessOrder;
}

export const input = (position: number): Argument => ({ is: 'input', position });
export const output = (position: number): Argument => ({ is: 'output', position });
export const state = (position: number): Argument => ({ is: 'state', position });
export const integer = (value: number): Argument => ({ is: 'integer', value });
export const float = (value: number): Argument => ({ is: 'float', value });

export function array(name: string, type: ArrayType, values: ArrayLike<number>): ArrayArgument {
  return { is: 'array', name, type, values };
}

export function settings(name: string, type: string, values: SettingsValues): SettingsArgument {
  return { is: 'settings', name, type, values };
}
