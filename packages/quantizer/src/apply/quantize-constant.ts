// Constant values as integers.
import { allocate, integerRange, type DataType, type Quantization, type TensorData } from '@wherry/graph';

/** Rounds half away from zero; weights keep to [-127, 127] so that their negation exists. Data in C order. */
export function quantizeConstant(
  data: ArrayLike<number>, shape: readonly number[], dtype: DataType, quantization: Quantization,
): TensorData {
  const symmetric = dtype === 'int8' && quantization.scale.length > 1;
  const [least, greatest] = symmetric ? [-127, 127] : integerRange(dtype);
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
