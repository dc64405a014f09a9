// Values and scales of a case's operands.
import { narrowHalf } from '../arithmetic/half-float.js';
import { allocate, integerRange, type DataType, type TensorData } from '../data-type.js';
import type { Quantization, Shape } from '../ir.js';

/** `count` values between the two ends of a range; whole ones where the type is an integer. */
export function integersOf(
  dtype: DataType,
  count: number,
  [low, high]: readonly [number, number],
  random: () => number,
): TensorData {
  const values = allocate(dtype, count);
  for (let i = 0; i < count; i++) {
    if (dtype === 'float32') values[i] = low + (high - low) * random();
    else if (dtype === 'float16') values[i] = narrowHalf(low + (high - low) * random());
    else if (dtype === 'bool') values[i] = Number(random() < 0.5);
    else {
      const least = dtype === 'uint8' ? Math.max(0, low) : low;
      const value = least + Math.floor(random() * (high - least + 1));
      values[i] = dtype === 'int64' ? BigInt(value) : value;
    }
  }
  return values;
}

/** A scale and zero point for about this range: 0.7 to 1.2 times its width, and 0 in it. int16 and int32 are symmetric. */
export function affineOf([low, high]: readonly [number, number], dtype: DataType, random: () => number): Quantization {
  const [least, greatest] = dtype === 'int32' ? [-32768, 32767] : integerRange(dtype);
  const width = 0.7 + 0.5 * random();
  const [from, to] = [Math.min(0, low) * width, Math.max(0, high) * width];
  if (dtype === 'int16' || dtype === 'int32')
    return { scale: [Math.fround(Math.max(-from, to) / greatest)], zeroPoint: [0], axis: 0 };
  const scale = Math.fround((to - from) / (greatest - least));
  const zeroPoint = Math.min(greatest, Math.max(least, Math.round(least - from / scale)));
  return { scale: [scale], zeroPoint: [zeroPoint], axis: 0 };
}

/** Symmetric, between 1/500 and 1/80 a step. */
export function weightScales(count: number, axis: number, random: () => number): Quantization {
  const scale = Array.from({ length: count }, () => Math.fround(0.002 + 0.0105 * random()));
  return { scale, zeroPoint: scale.map(() => 0), axis: count === 1 ? 0 : axis };
}

export function dequantized(values: TensorData, shape: Shape, { scale, zeroPoint, axis }: Quantization): Float32Array {
  const along = shape.length === 1 ? 0 : axis;
  const inner = shape.slice(along + 1).reduce((product, size) => product * size, 1);
  return Float32Array.from({ length: values.length }, (_, i) => {
    const slice = scale.length === 1 ? 0 : Math.floor(i / inner) % scale.length;
    return scale[slice]! * (Number(values[i]) - zeroPoint[slice]!);
  });
}
