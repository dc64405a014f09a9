// Scales and zero points from ranges, by the TFLite quantization specification.
import { integerRange, type Quantization } from '@wherry/graph';
import type { Range } from '../calibrate/range.js';
import type { AffineFormat } from './number-format.js';

/** Below this a scale is noise: a tensor that is always 0 still needs one. */
const leastScale = Math.fround(1e-9);

/** Per tensor. Asymmetric: min and max become the least and greatest integer, 0 an integer exactly. */
export function quantizationOf(range: Range, format: AffineFormat): Quantization {
  const [least, greatest] = integerRange(format.dtype);
  if (format.symmetric) return symmetricQuantization([Math.max(-range.min, range.max)], format, 0);
  const scale = Math.max(leastScale, Math.fround((range.max - range.min) / (greatest - least)));
  const zeroPoint = Math.min(greatest, Math.max(least, Math.round(least - range.min / scale)));
  return { scale: [scale], zeroPoint: [zeroPoint], axis: 0 };
}

/** From magnitudes, one per slice along `axis`: each becomes the greatest integer. */
export function symmetricQuantization(
  magnitudes: readonly number[],
  { dtype }: AffineFormat,
  axis: number,
): Quantization {
  const [, greatest] = integerRange(dtype);
  return {
    scale: magnitudes.map((magnitude) => Math.max(leastScale, Math.fround(magnitude / greatest))),
    zeroPoint: magnitudes.map(() => 0),
    axis,
  };
}

/** All that the integers of that type have at a scale. */
export function representable(
  { scale: [scale], zeroPoint: [zeroPoint] }: Quantization,
  dtype: AffineFormat['dtype'],
): Range {
  const [least, greatest] = integerRange(dtype);
  return { min: scale! * (least - zeroPoint!), max: scale! * (greatest - zeroPoint!) };
}

/** What `quantizationOf` makes that scale of again: the least integer of a symmetric format, beyond the greatest, would widen it. */
export function rangeOfScale(quantization: Quantization, { dtype, symmetric }: AffineFormat): Range {
  const { min, max } = representable(quantization, dtype);
  return symmetric ? { min: -max, max } : { min, max };
}
