// How numbers can be written down, as data: what a scheme asks for, and what becomes of one tensor.
import type { DataType, Quantization } from '@wherry/graph';

/** An integer times a scale. Which scale is found later; a format says what it may be. */
export interface AffineFormat {
  readonly kind: 'affine';
  readonly dtype: 'int4' | 'int8' | 'uint8' | 'int16' | 'int32' | 'int64';
  /** The zero point is 0. */
  readonly symmetric: boolean;
  /** The least integer is left out, so that every value has its negation. */
  readonly narrow: boolean;
}

/** `half`: stored as float16 and read as float32, which only constants can be. */
export type NumberFormat = { readonly kind: 'real' } | { readonly kind: 'half' } | AffineFormat;

export const real = { kind: 'real' } as const satisfies NumberFormat;
export const half = { kind: 'half' } as const satisfies NumberFormat;

export function affine(
  dtype: AffineFormat['dtype'],
  how: { readonly symmetric?: true; readonly narrow?: true } = {},
): AffineFormat {
  return { kind: 'affine', dtype, symmetric: how.symmetric === true, narrow: how.narrow === true };
}

/** A format with its numbers: what a tensor is written as, or what one of its readers wants. */
export interface TensorFormat {
  readonly dtype: DataType;
  /** Absent for real values, and for what stays as it is. */
  readonly quantization?: Quantization;
  readonly narrow?: true;
  /** A constant that lies in the file in this type and becomes `dtype` when the model runs. */
  readonly stored?: 'float16';
  readonly reason: string;
}

export function sameAffine(a: NumberFormat | undefined, b: NumberFormat | undefined): boolean {
  return a?.kind === 'affine' && b?.kind === 'affine' && a.dtype === b.dtype && a.symmetric === b.symmetric;
}

export function sameQuantization(a: Quantization | undefined, b: Quantization | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const same = (left: readonly number[], right: readonly number[]): boolean =>
    left.length === right.length && left.every((value, i) => value === right[i]);
  return a.axis === b.axis && same(a.scale, b.scale) && same(a.zeroPoint, b.zeroPoint);
}

/** A value in one is a value in the other, bit for bit. */
export function sameNumbers(a: TensorFormat, b: TensorFormat): boolean {
  return a.dtype === b.dtype && a.stored === b.stored && sameQuantization(a.quantization, b.quantization);
}
