// Fused activations: the clamp that a kernel ends with, in real and in quantized numbers.
import { integerRange, type DataType } from '../data-type.js';
import type { Quantization } from '../ir.js';
import type { Rounding } from '../op-definition.js';

// Taken once: a sandboxed module, as in a test, finds the global Math two orders slower than its own constant.
const { floor, fround } = Math;

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
 * The same bounds as quantized values: the type's own range, narrowed by bound / scale + zeroPoint in float32. The
 * runtime rounds the quotient half away from zero (CalculateActivationRangeQuantized); XNNPACK, whose rounding is
 * `single`, rounds the sum half to even.
 */
export function quantizedActivationBounds(
  activation: FusedActivation,
  dtype: DataType,
  quantization: Quantization,
  rounding: Rounding = 'double',
): readonly [number, number] {
  const [least, greatest] = integerRange(dtype);
  const [low, high] = bounds[activation];
  const scale = fround(quantization.scale[0]!);
  const zeroPoint = quantization.zeroPoint[0]!;
  const quantize = (real: number): number => {
    const quotient = fround(real / scale);
    return rounding === 'double' ? zeroPoint + roundHalfAway(quotient) : roundHalfEven(fround(quotient + zeroPoint));
  };
  return [
    low === -Infinity ? least : Math.max(least, quantize(low)),
    high === Infinity ? greatest : Math.min(greatest, quantize(high)),
  ];
}

/** The value, held within the bounds; NaN stays. */
export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

/** C's round(): to nearest, halves away from zero. */
export function roundHalfAway(x: number): number {
  const whole = Math.trunc(x);
  // Not floor(x + 0.5): the sum rounds 0.49999999999999994 up to 1.
  return Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
}

/** To nearest, halves to the even neighbour: the rounding of float arithmetic. */
export function roundHalfEven(x: number): number {
  const below = floor(x);
  const rest = x - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below;
}
