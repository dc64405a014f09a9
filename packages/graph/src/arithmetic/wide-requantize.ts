// From accumulators of int16 activations and int8 weights to the output's integers: one scale per output channel.
import { clamp, quantizedActivationBounds, roundHalfAway } from './activation.js';
import { multiplyByQuantizedMultiplier } from './fixed-point.js';
import { fixedPointScales, type Requantization } from './requantize.js';
import { multiplyByReducedMultiplier, multiplyLongByReducedMultiplier, reducedMultiplier } from './wide-fixed-point.js';

// Taken once: a sandboxed module, as in a test, finds the global Math two orders slower than its own constant.
const { floor } = Math;

export interface WideRequantization extends Omit<Requantization, 'bias'> {
  /** Its type is that of the accumulator: 64 bits, or 32 that wrap. */
  readonly bias: BigInt64Array | Int32Array;
  /** Of accumulators of 64 bits in LiteRT: `real` is one product in doubles, rounded half away from zero, as in dense layers. */
  readonly scaling: 'fixed-point' | 'real';
}

/** Adds the bias, scales and clamps `count` accumulators of channels `first`, `first` + 1, ... The zero point is 0. */
export type WideRowRequantizer = (
  sums: Float64Array,
  first: number,
  count: number,
  result: Int16Array,
  at: number,
) => void;

/** Sums of products are whole numbers far below 2^53. */
export function wideRowRequantizer(requantization: WideRequantization): WideRowRequantizer {
  const scale = scalerOf(requantization);
  const { output, activation } = requantization;
  const [low, high] = quantizedActivationBounds(activation, output.dtype, output.quantization!);
  return (sums, first, count, result, at) => {
    for (let r = 0; r < count; r++) result[at + r] = clamp(scale(sums[r]!, first + r), low, high);
  };
}

function scalerOf({
  bias,
  rounding,
  scaling,
  ...operands
}: WideRequantization): (sum: number, channel: number) => number {
  // Scales are counted out by the channels that a bias has.
  const scales = fixedPointScales({ ...operands, bias: new Int32Array(bias.length) });
  const shifts = Int32Array.from(scales, ({ shift }) => shift);
  if (bias instanceof Int32Array) {
    const multipliers = Int32Array.from(scales, ({ multiplier }) => multiplier);
    return (sum, c) => multiplyByQuantizedMultiplier((sum + bias[c]!) | 0, multipliers[c]!, shifts[c]!, 'double');
  }
  if (scaling === 'real' && rounding === 'single') return realScaler(operands, bias);
  const multipliers = Int32Array.from(scales, reducedMultiplier);
  if (bias.every(isExact)) {
    const biases = Float64Array.from(bias, Number);
    const divisors = Float64Array.from(shifts, (shift) => 2 ** (15 - shift));
    return (sum, c) => {
      const x = sum + biases[c]!;
      // As `multiplyByReducedMultiplier`, without a power for each value.
      if (x < usual && x > -usual) return floor((x * multipliers[c]! + divisors[c]! / 2) / divisors[c]!) | 0;
      return multiplyByReducedMultiplier(x, multipliers[c]!, shifts[c]!);
    };
  }
  return (sum, c) => multiplyLongByReducedMultiplier(BigInt(sum) + bias[c]!, multipliers[c]!, shifts[c]!);
}

function realScaler(
  { input, weights, output }: Pick<Requantization, 'input' | 'weights' | 'output'>,
  bias: BigInt64Array,
): (sum: number, channel: number) => number {
  const { scale } = weights.quantization!;
  const scales = Float64Array.from({ length: bias.length }, (_, c) => {
    return (input.quantization!.scale[0]! * scale[scale.length === 1 ? 0 : c]!) / output.quantization!.scale[0]!;
  });
  const biases = Float64Array.from(bias, Number);
  return (sum, c) => roundHalfAway((sum + biases[c]!) * scales[c]!);
}

/** Accumulators below it have a product of less than 53 bits. */
const usual = 2 ** 37;

/** A bias whose sum with any accumulator is a whole number that a double holds. */
function isExact(value: bigint): boolean {
  return value < 1n << 52n && value > -(1n << 52n);
}
