// Addition and subtraction of quantized values: both operands are brought to twice the greater scale first.
import type { Kernel, KernelContext } from '../op-definition.js';
import { activationBounds, quantizedActivationBounds, type FusedActivation } from './activation.js';
import { combineBroadcast } from './broadcast.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from './fixed-point.js';

/** Bits of headroom that the operands are shifted up by before they are scaled down (TFLite's add and sub). */
const leftShift = 20;

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

export function addInteger(sign: 1 | -1): Kernel<AddAttributes> {
  return ({ inputs: [first, second], outputs: [output] }) => combineBroadcast(first!, second!, output!, (a, b) => (a + sign * b) | 0);
}

export function addInt8(sign: 1 | -1): Kernel<AddAttributes> {
  return ({ inputs: [first, second], outputs: [output], attributes, rounding }: KernelContext<AddAttributes>) => {
    const [a, b, o] = [first!.quantization!, second!.quantization!, output!.quantization!];
    const twiceGreatest = 2 * Math.max(a.scale[0]!, b.scale[0]!);
    const scaleA = quantizeMultiplier(a.scale[0]! / twiceGreatest);
    const scaleB = quantizeMultiplier(b.scale[0]! / twiceGreatest);
    const scaleOut = quantizeMultiplier(twiceGreatest / (2 ** leftShift * o.scale[0]!));
    // 256 values each: scaled once instead of once per element.
    const scaled = (zeroPoint: number, { multiplier, shift }: typeof scaleA): Int32Array =>
      Int32Array.from({ length: 256 }, (_, i) => multiplyByQuantizedMultiplier((i - 128 - zeroPoint) << leftShift, multiplier, shift, rounding));
    const tableA = scaled(a.zeroPoint[0]!, scaleA);
    const tableB = scaled(b.zeroPoint[0]!, scaleB);
    const [low, high] = quantizedActivationBounds(attributes.activation, output!.dtype, o);
    combineBroadcast(first!, second!, output!, (x, y) => {
      const sum = (tableA[x + 128]! + sign * tableB[y + 128]!) | 0;
      const value = multiplyByQuantizedMultiplier(sum, scaleOut.multiplier, scaleOut.shift, rounding) + o.zeroPoint[0]!;
      return value < low ? low : value > high ? high : value;
    });
  };
}
