// The product of quantized values: its scale and clamp.
import type { OperandSpec } from '../op-definition.js';
import { quantizedActivationBounds, type FusedActivation } from './activation.js';
import { quantizeMultiplier, type FixedPointScale } from './fixed-point.js';

/** How the product of two int8 values less their zero points becomes the output's integer. */
export interface Int8Product {
  /** To steps of the output. */
  readonly scale: FixedPointScale;
  readonly zeroPoint: number;
  /** Least and greatest integer of the output. */
  readonly bounds: readonly [number, number];
}

export function int8Product(
  [first, second, output]: readonly [OperandSpec, OperandSpec, OperandSpec],
  activation: FusedActivation,
): Int8Product {
  const [a, b, o] = [first.quantization!, second.quantization!, output.quantization!];
  return {
    scale: quantizeMultiplier((a.scale[0]! * b.scale[0]!) / o.scale[0]!),
    zeroPoint: o.zeroPoint[0]!,
    bounds: quantizedActivationBounds(activation, output.dtype, o),
  };
}
