// Constant values as integers.
import { allocate, integerRange, type DataType, type Quantization, type TensorData } from '@wherry/graph';

/** Rounds half away from zero; `narrow` leaves the least integer out, so that every value has its negation. Data in C order. */
export function quantizeConstant(
  data: ArrayLike<number>, shape: readonly number[], dtype: DataType, quantization: Quantization, narrow: boolean,
): TensorData {
  const [least, greatest] = narrow ? [integerRange(dtype)[0] + 1, integerRange(dtype)[1]] : integerRange(dtype);
  const inner = shape.slice(quantization.axis + 1).reduce((product, dimension) => product * dimension, 1);
  const { scale, zeroPoint } = quantization;
  const result = allocate(dtype, data.length);
  for (let i = 0; i < data.length; i++) {
    const slice = scale.length === 1 ? 0 : Math.floor(i / inner) % scale.length;
    const real = data[i]! / scale[slice]!;
    const rounded = real < 0 ? -Math.round(-real) : Math.round(real);
    result[i] = Math.min(greatest, Math.max(least, rounded + zeroPoint[slice]!));
  }
  return result;
}
