// LOGISTIC and TANH on int16: one table of the logistic function, straight lines between its places.
// Source: reference_integer_ops::Logistic and Tanh of TFLite, int16; tanh(x) = 2 logistic(2 x) - 1.
import type { Operand } from '../op-definition.js';

const { fround } = Math;

/** 65536 * logistic(i / 24), raised by half of what the straight line to the next place lies below the curve. */
export const sigmoidPlaces: Uint16Array = Uint16Array.from({ length: 256 }, (_, i) => {
  const at = (place: number): number => 65536 / (1 + Math.exp(-place / 24));
  if (i === 255) return 65535;
  return Math.round(at(i) + (at(i + 0.5) - (at(i) + at(i + 1)) / 2) / 2);
});

/** From values of the input to steps of 1 / (3 * 4096): the product, shifted down with rounding. */
export interface SigmoidSteps {
  readonly multiplier: number;
  readonly shift: number;
}

/**
 * From steps of the input to steps of 1 / (3 * 4096), the multiplier cut off to 15 bits. A scale that is 2^-12 times 2^e,
 * `e` up to `greatestExponent`, is taken as it is.
 */
function stepsOf(scale: number, greatestExponent: number): SigmoidSteps {
  const exponent = 12 + wholeLog2(scale);
  if (exponent >= 0 && exponent <= greatestExponent) return { multiplier: 3 << exponent, shift: 0 };
  let multiplier = scale * 4096 * 3;
  let shift = 0;
  for (; multiplier <= 32767 / 2 && shift <= 30; shift++) multiplier *= 2;
  return { multiplier: Math.trunc(multiplier), shift };
}

/** NaN where the scale is not a power of two within a thousandth of an octave; in float32, as the runtime decides it. */
function wholeLog2(scale: number): number {
  const log2 = fround(fround(Math.log(scale)) * fround(1 / fround(Math.LN2)));
  const whole = Math.round(log2);
  return Math.abs(fround(log2 - whole)) < fround(1e-3) ? whole : NaN;
}

function mapSteps(
  input: Operand,
  output: Operand,
  { multiplier, shift }: SigmoidSteps,
  f: (steps: number) => number,
): void {
  const source = input.data as Int16Array;
  const result = output.data as Int16Array;
  const half = shift > 0 ? 1 << (shift - 1) : 0;
  for (let i = 0; i < source.length; i++) result[i] = f((Math.imul(source[i]!, multiplier) + half) >> shift);
}

/** The logistic function of |steps|, with `bits` more fraction bits than the table has. */
function lookUp(steps: number, bits: number): number {
  const magnitude = Math.abs(steps);
  const place = Math.floor(magnitude / 2 ** bits);
  if (place >= 255) return 65535 * 2 ** bits;
  const rest = magnitude - place * 2 ** bits;
  return sigmoidPlaces[place]! * 2 ** bits + rest * (sigmoidPlaces[place + 1]! - sigmoidPlaces[place]!);
}

/** 1 / (1 + exp(-x)) in steps of 2^-15. */
export function logisticInt16(input: Operand, output: Operand): void {
  mapSteps(input, output, logisticStepsOf(input.quantization!.scale[0]!), logisticOfSteps);
}

export function logisticStepsOf(scale: number): SigmoidSteps {
  return stepsOf(scale, 0);
}

/** Of steps of 1 / (3 * 4096). */
export function logisticOfSteps(steps: number): number {
  // Beyond the table it is 1 less 2^-15.
  const positive = Math.abs(steps) >= 255 * 512 ? 32767 * 1024 : lookUp(steps, 9);
  return Math.floor((steps >= 0 ? positive + 512 : 65536 * 512 - positive + 511) / 1024);
}

/** tanh(x) in steps of 2^-15. */
export function tanhInt16(input: Operand, output: Operand): void {
  mapSteps(input, output, tanhStepsOf(input.quantization!.scale[0]!), tanhOfSteps);
}

export function tanhStepsOf(scale: number): SigmoidSteps {
  return stepsOf(scale, 1);
}

/** Of steps of 1 / (3 * 4096). */
export function tanhOfSteps(steps: number): number {
  const above = lookUp(steps, 8) - 32768 * 256;
  return Math.floor((steps >= 0 ? above + 128 : -above + 127) / 256);
}
