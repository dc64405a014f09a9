// How many bits one element of each tensor type takes in a buffer.
import type { TensorType } from './table-types.js';

/** Elements narrower than a byte are packed, low bits first. null: the length does not follow from the shape. */
export const tensorTypeBits: { readonly [K in TensorType]: number | null } = {
  FLOAT32: 32, FLOAT16: 16, INT32: 32, UINT8: 8, INT64: 64, STRING: null, BOOL: 8, INT16: 16,
  COMPLEX64: 64, INT8: 8, FLOAT64: 64, COMPLEX128: 128, UINT64: 64, RESOURCE: null, VARIANT: null, UINT32: 32,
  UINT16: 16, INT4: 4, BFLOAT16: 16, INT2: 2, UINT4: 4, FLOAT8_E4M3FN: 8, FLOAT8_E5M2: 8,
}; // prettier-ignore
