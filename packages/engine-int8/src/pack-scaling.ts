// The scaling of accumulators as the kernels read it: a header and blocks of channels.
import type { FixedPointScale } from '@wherry/graph';
import {
  anyLeftAt,
  biasAt,
  blockChannels,
  factorAt,
  halfAt,
  headerBytes,
  highAt,
  leftFactorAt,
  lowAt,
  multiplierAt,
  nudgeAt,
  realHighAt,
  realLowAt,
  rightFactorAt,
  roundedBitsAt,
  roundingNumberBits,
  scalingBlockBytes,
  zeroPointAt,
} from './layout.js';

export interface Scaling {
  /** One per channel, from accumulators to steps of the output. */
  readonly scales: readonly FixedPointScale[];
  readonly bias: Int32Array;
  readonly zeroPoint: number;
  /** Least and greatest integer of the output. */
  readonly bounds: readonly [number, number];
  /** Channels that begin a block of their own; default: all of them. */
  readonly groupChannels?: number;
  /** Greatest magnitude that an accumulator can have, bias included. */
  readonly greatestSum: number;
}

/** Accumulators below, and half of the greatest shift added to them, are an int32. */
const sumLimit = 2 ** 30;
const greatestShift = 30;

/** Undefined where the kernels' arithmetic could leave what the reference's gives: sums or shifts of no practical layer. */
export function packScaling({
  scales,
  bias,
  zeroPoint,
  bounds: [low, high],
  groupChannels = scales.length,
  greatestSum,
}: Scaling): Int32Array | undefined {
  if (greatestSum >= sumLimit || scales.some(({ shift }) => Math.abs(shift) > greatestShift)) return undefined;
  const blocks = Math.ceil(groupChannels / blockChannels);
  const groups = scales.length / groupChannels;
  const packed = new Int32Array((headerBytes + groups * blocks * scalingBlockBytes) / 4);
  const real = new Float32Array(packed.buffer);
  packed[zeroPointAt / 4] = zeroPoint;
  packed[lowAt / 4] = low;
  packed[highAt / 4] = high;
  real[realLowAt / 4] = low - zeroPoint;
  real[realHighAt / 4] = high - zeroPoint;
  packed[roundedBitsAt / 4] = roundingNumberBits - zeroPoint;
  packed[anyLeftAt / 4] = scales.some(({ shift }) => shift > 0) ? 1 : 0;
  scales.forEach(({ multiplier, shift }, channel) => {
    const own = channel % groupChannels;
    const block = Math.floor(channel / groupChannels) * blocks + Math.floor(own / blockChannels);
    const lane = (headerBytes + block * scalingBlockBytes) / 4 + (own % blockChannels);
    const right = Math.max(0, -shift);
    packed[lane + biasAt / 4] = bias[channel]!;
    packed[lane + multiplierAt / 4] = multiplier;
    packed[lane + leftFactorAt / 4] = 2 ** Math.max(0, shift);
    packed[lane + halfAt / 4] = right === 0 ? 0 : 2 ** (right - 1);
    packed[lane + rightFactorAt / 4] = 2 ** (30 - right);
    // A sum that leaves int32 before it is scaled down wraps around, as it does on the device: never certain.
    real[lane + factorAt / 4] = greatestSum * 2 ** shift < 2 ** 31 ? multiplier * 2 ** (shift - 31) : NaN;
    // Of 2^right steps, half of them less the half that the first rounding adds are rounded up to the whole.
    real[lane + nudgeAt / 4] = right === 0 ? 0 : 2 ** (-right - 1);
  });
  return packed;
}

/** One block of eight channels that are alike. */
export function packUniformScaling({
  scale,
  bias = 0,
  ...rest
}: Omit<Scaling, 'scales' | 'bias'> & { readonly scale: FixedPointScale; readonly bias?: number }):
  Int32Array | undefined {
  const alike = <Value>(value: Value): Value[] => new Array<Value>(blockChannels).fill(value);
  return packScaling({ ...rest, scales: alike(scale), bias: Int32Array.from(alike(bias)) });
}
