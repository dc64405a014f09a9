// The scaling of accumulators as the kernels read it: a header and blocks of channels.
import type { FixedPointScale } from '@wherry/graph';
import {
  anyLeftAt,
  biasAt,
  blockChannels,
  halfAt,
  headerBytes,
  highAt,
  leftFactorAt,
  lowAt,
  multiplierAt,
  rightFactorAt,
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
  greatestSum,
}: Scaling): Int32Array | undefined {
  if (greatestSum >= sumLimit || scales.some(({ shift }) => Math.abs(shift) > greatestShift)) return undefined;
  const blocks = Math.ceil(scales.length / blockChannels);
  const packed = new Int32Array((headerBytes + blocks * scalingBlockBytes) / 4);
  packed[zeroPointAt / 4] = zeroPoint;
  packed[lowAt / 4] = low;
  packed[highAt / 4] = high;
  packed[anyLeftAt / 4] = scales.some(({ shift }) => shift > 0) ? 1 : 0;
  scales.forEach(({ multiplier, shift }, channel) => {
    const block = Math.floor(channel / blockChannels);
    const lane = (headerBytes + block * scalingBlockBytes) / 4 + (channel % blockChannels);
    const right = Math.max(0, -shift);
    packed[lane + biasAt / 4] = bias[channel]!;
    packed[lane + multiplierAt / 4] = multiplier;
    packed[lane + leftFactorAt / 4] = 2 ** Math.max(0, shift);
    packed[lane + halfAt / 4] = right === 0 ? 0 : 2 ** (right - 1);
    packed[lane + rightFactorAt / 4] = 2 ** (30 - right);
  });
  return packed;
}
