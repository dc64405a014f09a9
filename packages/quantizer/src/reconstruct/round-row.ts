// Integers for one output channel that together give what its float weights give: coordinate descent over up and down.
import type { Quadratic } from './moments.js';

const { round, abs } = Math;

export interface RowTask {
  readonly quadratic: Quadratic;
  /** Channel within the group. */
  readonly channel: number;
  /** Float weights. */
  readonly row: Float64Array;
  readonly scale: number;
  /** Greatest magnitude of an integer. */
  readonly greatest: number;
}

export interface RoundedRow {
  readonly integers: Int32Array;
  /** Of the quadratic, up to a constant of the channel: comparable between scales. */
  readonly loss: number;
}

const greatestSweeps = 30;
/** How far an integer may be from its weight, in steps: the two on either side, and what makes up for others. */
export const roundingReach = 1.25;

/** Each to the nearest. */
export function nearestRow({ row, scale, greatest, quadratic, channel }: RowTask): RoundedRow {
  const integers = Int32Array.from(row, (weight) => clamp(round(weight / scale), greatest));
  return { integers, loss: lossOf(quadratic, channel, integers, scale) };
}

/** What rounding each to the nearest adds where the inputs have nothing to do with each other: quick to say. */
export function separateLoss({ quadratic: { length, hessian }, row, scale, greatest }: RowTask): number {
  let loss = 0;
  for (let k = 0; k < length; k++) {
    const error = clamp(round(row[k]! / scale), greatest) * scale - row[k]!;
    loss += error * error * hessian[k * length + k]!;
  }
  return loss;
}

/** Never worse than the nearest, by the quadratic. */
export function roundedRow(task: RowTask): RoundedRow {
  const { quadratic, channel, row, scale, greatest } = task;
  const { length, hessian } = quadratic;
  const { integers } = nearestRow(task);
  const gradient = gradientOf(quadratic, channel, integers, scale);
  for (let sweep = 0; sweep < greatestSweeps; sweep++) {
    let changed = false;
    for (let k = 0; k < length; k++) {
      const curvature = scale * hessian[k * length + k]!;
      const step = curvature > 0 ? round(-gradient[k]! / curvature) : 0;
      if (step === 0) continue;
      const wanted = within(integers[k]! + step, row[k]! / scale, greatest);
      const change = wanted - integers[k]!;
      // The step that is allowed may be less than the best, and then no gain.
      if (change === 0 || change * gradient[k]! + (change * change * curvature) / 2 >= 0) continue;
      integers[k] = wanted;
      for (let j = 0, at = k * length; j < length; j++, at++) gradient[j]! += change * scale * hessian[at]!;
      changed = true;
    }
    if (!changed) break;
  }
  return { integers, loss: lossOf(quadratic, channel, integers, scale) };
}

function within(integer: number, real: number, greatest: number): number {
  let nearer = integer;
  while (abs(nearer - real) > roundingReach && nearer !== round(real)) nearer += nearer > real ? -1 : 1;
  return clamp(nearer, greatest);
}

function clamp(value: number, greatest: number): number {
  return value < -greatest ? -greatest : value > greatest ? greatest : value;
}

/** Of half the quadratic by the real weights, H s q - c. */
function gradientOf(
  { length, hessian, linear }: Quadratic,
  channel: number,
  integers: Int32Array,
  scale: number,
): Float64Array {
  const gradient = new Float64Array(length);
  for (let i = 0; i < length; i++) gradient[i] = -linear[channel * length + i]!;
  for (let j = 0; j < length; j++) {
    const weight = integers[j]! * scale;
    if (weight === 0) continue;
    for (let i = 0, at = j * length; i < length; i++, at++) gradient[i]! += weight * hessian[at]!;
  }
  return gradient;
}

function lossOf(quadratic: Quadratic, channel: number, integers: Int32Array, scale: number): number {
  const gradient = gradientOf(quadratic, channel, integers, scale);
  let loss = 0;
  for (let i = 0; i < gradient.length; i++)
    loss += integers[i]! * scale * (gradient[i]! - quadratic.linear[channel * quadratic.length + i]!);
  return loss;
}
