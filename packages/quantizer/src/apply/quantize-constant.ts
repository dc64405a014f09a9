// Constant values as integers.
import { allocate, dataTypes, integerRange, type DataType, type Quantization, type TensorData } from '@wherry/graph';
import type { Memory } from '../memory.js';

const { abs, floor } = Math;

export interface ConstantForm {
  readonly dtype: DataType;
  readonly quantization: Quantization;
  /** The least integer is left out, so that every value has its negation. */
  readonly narrow: boolean;
}

/**
 * Rounds half away from zero. Data in C order. The result is shared and not to be written to: most candidates of a selection
 * give a constant the same scales.
 */
export function quantizeConstant(
  data: ArrayLike<number>,
  shape: readonly number[],
  form: ConstantForm,
  memory: Memory,
): TensorData {
  return memory.recallLatest(data, JSON.stringify(form), () => integersOf(data, shape, form));
}

function integersOf(
  data: ArrayLike<number>,
  shape: readonly number[],
  { dtype, quantization: { scale, zeroPoint, axis }, narrow }: ConstantForm,
): TensorData {
  const isLong = dataTypes[dtype].range === undefined;
  const [lowest, greatest] = isLong ? [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] : integerRange(dtype);
  const least = narrow ? lowest + 1 : lowest;
  const integers = isLong ? new Float64Array(data.length) : (allocate(dtype, data.length) as Int32Array);
  const slices = scale.length;
  const inner =
    slices === 1 ? data.length : shape.slice(axis + 1).reduce((product, dimension) => product * dimension, 1);
  for (let start = 0, slice = 0; start < data.length; start += inner, slice = slice + 1 === slices ? 0 : slice + 1) {
    const step = scale[slice]!;
    const zero = zeroPoint[slice]!;
    for (let i = start; i < start + inner; i++) {
      const real = data[i]! / step;
      const magnitude = floor(abs(real) + 0.5);
      const value = (real < 0 ? -magnitude : magnitude) + zero;
      integers[i] = value < least ? least : value > greatest ? greatest : value;
    }
  }
  return isLong ? BigInt64Array.from(integers as Float64Array, BigInt) : integers;
}
