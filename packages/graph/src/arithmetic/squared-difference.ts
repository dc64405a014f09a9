// The scales of a squared difference of integers. Source: SquaredDifferencePrepare of TFLite Micro.
import type { OperandSpec } from '../op-definition.js';
import { quantizeMultiplier, type FixedPointScale } from './fixed-point.js';

export interface SquaredDifferenceScales {
  /** Bits that both operands are shifted up by before they are scaled: as many as leave a square in 32 bits. */
  readonly leftShift: number;
  readonly first: FixedPointScale;
  readonly second: FixedPointScale;
  /** From the square to steps of the output. */
  readonly output: FixedPointScale;
}

/** @param operands the two inputs and the output, of int8 or int16 */
export function squaredDifferenceScales([first, second, output]: readonly [
  OperandSpec,
  OperandSpec,
  OperandSpec,
]): SquaredDifferenceScales {
  const [a, b, o] = [first, second, output].map(({ quantization }) => quantization!.scale[0]!) as [
    number,
    number,
    number,
  ];
  const leftShift = first.dtype === 'int8' ? 7 : 0;
  const twiceGreatest = 2 * Math.max(a, b);
  return {
    leftShift,
    first: quantizeMultiplier(a / twiceGreatest),
    second: quantizeMultiplier(b / twiceGreatest),
    output: quantizeMultiplier((twiceGreatest * twiceGreatest) / (2 ** (2 * leftShift) * o)),
  };
}
