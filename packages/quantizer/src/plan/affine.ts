// Scales and zero points from ranges, by the TFLite 8-bit quantization specification.
import type { Quantization } from '@wherry/graph';
import type { Range } from '../calibrate/range.js';

/** Below this a scale is noise: a tensor that is always 0 still needs one. */
const leastScale = Math.fround(1e-9);

/** Asymmetric, per tensor, int8: min maps to -128, max to 127, 0 to an integer exactly. */
export function asymmetricInt8({ min, max }: Range): Quantization {
  const scale = Math.max(leastScale, Math.fround((max - min) / 255));
  const zeroPoint = Math.min(127, Math.max(-128, Math.round(-128 - min / scale)));
  return { scale: [scale], zeroPoint: [zeroPoint], axis: 0 };
}

/** Symmetric int8 in [-127, 127] from magnitudes, one per slice along `axis`. */
export function symmetricInt8(magnitudes: readonly number[], axis: number): Quantization {
  return {
    scale: magnitudes.map((magnitude) => Math.max(leastScale, Math.fround(magnitude / 127))),
    zeroPoint: magnitudes.map(() => 0),
    axis,
  };
}
