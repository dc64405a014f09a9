// What LOGISTIC and TANH share on int8: the input brought to Q4 fixed point, saturation outside of its range.
import { clamp } from './activation.js';
import { multiplyByQuantizedMultiplier, quantizeMultiplier, roundingDivideByPowerOfTwo } from './fixed-point.js';
import { mapInt8 } from './integer-map.js';
import type { Operand } from '../op-definition.js';

const integerBits = 4;

/**
 * result = f(input) in Q0, rounded to `outputBits` fraction bits, plus zeroPoint; -128 and 127 beyond f's reach.
 * The output's scale is fixed by the operator (2^-outputBits), so the recorded one is not read, like in the runtime.
 */
export function mapFixedPoint(
  input: Operand,
  output: Operand,
  f: (q4: number) => number,
  outputBits: number,
  zeroPoint: number,
): void {
  const { multiplier, shift } = quantizeMultiplier(input.quantization!.scale[0]! * 2 ** (31 - integerBits));
  const radius = Math.floor(((2 ** integerBits - 1) * 2 ** (31 - integerBits)) / 2 ** shift);
  const inputZeroPoint = input.quantization!.zeroPoint[0]!;
  mapInt8(input.data as Int8Array, output.data as Int8Array, (stored) => {
    const value = stored - inputZeroPoint;
    if (value <= -radius) return -128;
    if (value >= radius) return 127;
    const q0 = f(multiplyByQuantizedMultiplier(value, multiplier, shift, 'double'));
    const rounded = roundingDivideByPowerOfTwo(q0, 31 - outputBits) + zeroPoint;
    return clamp(rounded, -128, 127);
  });
}
