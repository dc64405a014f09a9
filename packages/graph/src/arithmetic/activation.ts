// Fused activations: the clamp that a kernel ends with, in real and in quantized numbers.
import { integerRange, type DataType } from '../data-type.js';
import type { Quantization } from '../ir.js';

/** Names of TFLite's ActivationFunctionType; only those that are a clamp are ever produced. */
export type FusedActivation = 'NONE' | 'RELU' | 'RELU_N1_TO_1' | 'RELU6';

const bounds: { readonly [K in FusedActivation]: readonly [number, number] } = {
  NONE: [-Infinity, Infinity],
  RELU: [0, Infinity],
  RELU_N1_TO_1: [-1, 1],
  RELU6: [0, 6],
};

/** Least and greatest real value. */
export function activationBounds(activation: FusedActivation): readonly [number, number] {
  return bounds[activation];
}

/**
 * The same bounds as quantized values: the type's own range, narrowed by bound / scale + zeroPoint with the
 * quotient taken in float32 and rounded half away from zero. Source: CalculateActivationRangeQuantized.
 */
export function quantizedActivationBounds(
  activation: FusedActivation, dtype: DataType, quantization: Quantization,
): readonly [number, number] {
  const [least, greatest] = integerRange(dtype);
  const [low, high] = bounds[activation];
  const scale = Math.fround(quantization.scale[0]!);
  const quantize = (real: number): number =>
    quantization.zeroPoint[0]! + roundHalfAway(Math.fround(Math.fround(real) / scale));
  return [
    low === -Infinity ? least : Math.max(least, quantize(low)),
    high === Infinity ? greatest : Math.min(greatest, quantize(high)),
  ];
}

/** C's round(): to nearest, halves away from zero. */
export function roundHalfAway(x: number): number {
  const whole = Math.trunc(x);
  // Not floor(x + 0.5): the sum rounds 0.49999999999999994 up to 1.
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}
