// What one operator's kernel takes from the arena, as data and pure functions of the operands.
import type { AppliedContext, OperandSpec } from '@wherry/graph';
import type { Abi } from '../memory-target.js';

/** Size and alignment in bytes of a C++ struct, per layout of pointers and enums. */
export interface StructLayout {
  readonly bytes: { readonly [A in Abi]: number };
  readonly alignment: { readonly [A in Abi]: number };
}

/** What a kernel's Prepare takes. */
export interface PrepareMemory {
  /** Operands whose descriptors it opens, in order, once for each opening: temporary, but they stack up. */
  readonly opened: readonly (OperandSpec | undefined)[];
  /** Bytes, or the struct, of each allocation that stays. */
  readonly persistent?: readonly (number | StructLayout)[];
  /** Bytes of each scratch buffer, alive while the node runs. */
  readonly scratch?: readonly number[];
}

export interface KernelMemory<A> {
  /** The runtime's own struct that the operator's options are parsed into; null: it keeps none. */
  readonly options: StructLayout | null;
  /** The struct that the kernel's Init allocates; null: it keeps none. */
  readonly state: StructLayout | null;
  prepare(call: AppliedContext<A>): PrepareMemory;
}

type Size = readonly [bytes: number, alignment: number];

/** One size, or 8-byte pointers and 4-byte pointers, or both and 4-byte pointers with short enums. */
export function struct(lp64: Size, ilp32: Size = lp64, shortEnums: Size = ilp32): StructLayout {
  return {
    bytes: { lp64: lp64[0], ilp32: ilp32[0], 'ilp32-short-enums': shortEnums[0] },
    alignment: { lp64: lp64[1], ilp32: ilp32[1], 'ilp32-short-enums': shortEnums[1] },
  };
}
