// Addition and subtraction of quantized values: both operands are brought to twice the greater scale first.
import type { Quantization } from '../ir.js';
import type { Kernel, KernelContext, KernelSet, OperandSpec, Rounding } from '../op-definition.js';
import { activationBounds, clamp, quantizedActivationBounds, type FusedActivation } from './activation.js';
import { combineBroadcast } from './broadcast.js';
import { wholeKernels } from './whole-numbers.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier, type FixedPointScale } from './fixed-point.js';

/** Bits of headroom that the operands are shifted up by before they are scaled down (TFLite's add and sub). */
const leftShift = 20;
const leftShift16 = 15;

export interface AddAttributes {
  readonly activation: FusedActivation;
  /** Of the int16 format; recorded by files, without meaning for int8. */
  readonly potScaleInt16: boolean;
}

export const addDefaults: AddAttributes = { activation: 'NONE', potScaleInt16: false };

/** `sign` 1 adds the second operand, -1 subtracts it. */
export function addFloat(sign: 1 | -1): Kernel<AddAttributes> {
  return ({ inputs: [first, second], outputs: [output], attributes }) => {
    const [low, high] = activationBounds(attributes.activation);
    combineBroadcast(first!, second!, output!, (a, b) => Math.min(high, Math.max(low, a + sign * b)));
  };
}

/** On int32 and int64. */
export function addWhole(sign: 1 | -1): Pick<KernelSet<AddAttributes>, 'int32' | 'int64'> {
  return wholeKernels(
    (a, b) => a + sign * b,
    (a, b) => a + BigInt(sign) * b,
  );
}

/** How two int8 operands become one: `terms` hold each operand's 256 values scaled to twice the greater scale, the sign applied. */
export interface Int8Addition {
  readonly terms: readonly [Int32Array, Int32Array];
  /** From a sum of two terms to steps of the output. */
  readonly scale: FixedPointScale;
  readonly zeroPoint: number;
  /** Least and greatest integer of the output. */
  readonly bounds: readonly [number, number];
}

/** `sign` 1 adds the second operand, -1 subtracts it. */
export function int8Addition(
  [first, second, output]: readonly [OperandSpec, OperandSpec, OperandSpec],
  activation: FusedActivation,
  sign: 1 | -1,
  rounding: Rounding,
): Int8Addition {
  const [a, b, o] = [first.quantization!, second.quantization!, output.quantization!];
  const twiceGreatest = 2 * Math.max(a.scale[0]!, b.scale[0]!);
  const termsOf = ({ scale, zeroPoint }: Quantization, factor: 1 | -1): Int32Array => {
    const { multiplier, shift } = quantizeMultiplier(scale[0]! / twiceGreatest);
    return Int32Array.from(
      { length: 256 },
      (_, i) =>
        factor * multiplyByQuantizedMultiplier((i - 128 - zeroPoint[0]!) << leftShift, multiplier, shift, rounding),
    );
  };
  return {
    terms: [termsOf(a, 1), termsOf(b, sign)],
    scale: quantizeMultiplier(twiceGreatest / (2 ** leftShift * o.scale[0]!)),
    zeroPoint: o.zeroPoint[0]!,
    bounds: quantizedActivationBounds(activation, output.dtype, o),
  };
}

export function addInt8(sign: 1 | -1): Kernel<AddAttributes> {
  return ({ inputs: [first, second], outputs: [output], attributes, rounding }: KernelContext<AddAttributes>) => {
    const {
      terms: [termsA, termsB],
      scale,
      zeroPoint,
      bounds: [low, high],
    } = int8Addition([first!, second!, output!], attributes.activation, sign, rounding);
    combineBroadcast(first!, second!, output!, (x, y) => {
      const sum = termsA[x + 128]! + termsB[y + 128]!;
      return clamp(multiplyByQuantizedMultiplier(sum, scale.multiplier, scale.shift, rounding) + zeroPoint, low, high);
    });
  };
}

/** The same with all of its scales for any power of two: what the runtime does where `pot_scale_int16` says nothing else. */
export function addInt16(sign: 1 | -1): Kernel<AddAttributes> {
  return ({ inputs: [first, second], outputs: [output], attributes }: KernelContext<AddAttributes>) => {
    const [a, b, o] = [first!.quantization!, second!.quantization!, output!.quantization!];
    const twiceGreatest = 2 * Math.max(a.scale[0]!, b.scale[0]!);
    const [low, high] = quantizedActivationBounds(attributes.activation, output!.dtype, o);
    const [scaleA, scaleB, scale] = [
      quantizeMultiplier(a.scale[0]! / twiceGreatest),
      quantizeMultiplier(b.scale[0]! / twiceGreatest),
      quantizeMultiplier(twiceGreatest / (2 ** leftShift16 * o.scale[0]!)),
    ];
    const scaled = (value: number, { multiplier, shift }: FixedPointScale): number =>
      multiplyByQuantizedMultiplier(value, multiplier, shift, 'double');
    const [zeroA, zeroB, zeroPoint] = [a.zeroPoint[0]!, b.zeroPoint[0]!, o.zeroPoint[0]!];
    combineBroadcast(first!, second!, output!, (x, y) => {
      const [termA, termB] = [scaled((x - zeroA) << leftShift16, scaleA), scaled((y - zeroB) << leftShift16, scaleB)];
      return clamp(scaled((termA + sign * termB) | 0, scale) + zeroPoint, low, high);
    });
  };
}
