// ADD on int8 for the DSP extension: kernels/arm-dsp/add-small-s8.h.
import { elementCount, quantizeMultiplier, type Tensor } from '@wherry/graph';
import { elementwise } from '../access/orders.js';
import { input, output, settings, type KernelCall } from '../kernel-call.js';
import { scaleOf, zeroPointOf } from '../operator-context.js';
import { clampSettings, isSmallShift, smallScale } from './small-scales.js';

export interface Sum {
  readonly operands: readonly [Tensor, Tensor];
  readonly output: Tensor;
  /** Of the sum, whose operands are moved up by 20 bits. */
  readonly scale: { readonly multiplier: number; readonly shift: number };
  readonly low: number;
  readonly high: number;
}

/** Undefined where operands are broadcast, or scales beyond what the kernel takes. */
export function smallAddition({ operands, output: result, scale, low, high }: Sum): KernelCall | undefined {
  const count = elementCount(result.shape);
  if (operands.some(({ shape }) => elementCount(shape) !== count)) return undefined;
  const greater = scaleOf(operands[0]) >= scaleOf(operands[1]) ? 0 : 1;
  const [wide, other] = [operands[greater], operands[1 - greater]!];
  const otherScale = quantizeMultiplier(scaleOf(other) / (2 * scaleOf(wide)));
  const isSame = scaleOf(other) === scaleOf(wide);
  if (!isSmallShift(scale.shift) || !(isSame || isSmallShift(otherScale.shift))) return undefined;
  const zeroPoint = zeroPointOf(result);
  return {
    file: 'arm-dsp/add-small-s8',
    kernel: 'wherry_add_small_s8',
    arguments: [
      input(greater),
      input(1 - greater),
      output(0),
      settings('settings', 'wherry_small_addition', {
        count,
        greater_offset: -zeroPointOf(wide) * 2 ** 19,
        other_offset: -zeroPointOf(other) * 2 ** 20,
        other_multiplier: isSame ? 0 : smallScale(otherScale, 0).multiplier,
        other_shift: isSame ? 0 : -otherScale.shift,
        half: isSame ? 0 : smallScale(otherScale, 0).offset,
        ...smallScale(scale, zeroPoint),
        ...clampSettings({ to: { low, high, zero_point: zeroPoint } }),
      }),
    ],
    access: elementwise(count, [0, 1], { read: 1, written: 1 }),
  };
}
