// Constant values as integers.
import { allocate, integerRange, type DataType, type Quantization, type TensorData } from '@wherry/graph';

const { abs, floor } = Math;

interface Remembered {
  readonly dtype: DataType;
  readonly quantization: Quantization;
  readonly narrow: boolean;
  readonly result: TensorData;
}

/** Most candidates of a selection give a constant the same scales; its integers are worked out once. */
const remembered = new WeakMap<object, Remembered>();

/**
 * Rounds half away from zero; `narrow` leaves the least integer out, so that every value has its negation. Data in C order.
 * The result is shared and not to be written to.
 */
export function quantizeConstant(
  data: ArrayLike<number>,
  shape: readonly number[],
  dtype: DataType,
  quantization: Quantization,
  narrow: boolean,
): TensorData {
  const known = remembered.get(data);
  if (
    known !== undefined &&
    known.dtype === dtype &&
    known.narrow === narrow &&
    sameQuantization(known.quantization, quantization)
  ) {
    return known.result;
  }
  const result = allocate(dtype, data.length);
  const [lowest, greatest] = integerRange(dtype);
  const least = narrow ? lowest + 1 : lowest;
  const { scale, zeroPoint, axis } = quantization;
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
      result[i] = value < least ? least : value > greatest ? greatest : value;
    }
  }
  remembered.set(data, { dtype, quantization, narrow, result });
  return result;
}

export function sameQuantization(a: Quantization, b: Quantization): boolean {
  const same = (left: readonly number[], right: readonly number[]): boolean =>
    left.length === right.length && left.every((value, i) => value === right[i]);
  return a.axis === b.axis && same(a.scale, b.scale) && same(a.zeroPoint, b.zeroPoint);
}
