// Integers for one output channel that together give what its float weights give: descent over single weights, and over pairs.
import { addRows } from './add-rows.js';
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
/** Weights up to which pairs are looked at: there are few ways to make up for one, and pairs take little time. */
export const shortRow = 64;
/** How far an integer may be from its weight, in steps: the two on either side, and what makes up for others. */
export const roundingReach = 1.25;

/** Each to the nearest. */
export function nearestRow(task: RowTask): RoundedRow {
  const integers = nearestIntegers(task);
  return { integers, loss: lossOf(task, integers, gradientOf(task, integers)) };
}

function nearestIntegers({ row, scale, greatest }: RowTask): Int32Array {
  return Int32Array.from(row, (weight) => clamp(round(weight / scale), greatest));
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
  const { quadratic } = task;
  const integers = nearestIntegers(task);
  const gradient = gradientOf(task, integers);
  // What the descent is led by gathers what rounding leaves at each move; the loss is said of where it ends alone.
  const descent = { task, integers, gradient: gradient.slice() };
  let moved = false;
  for (let sweep = 0; sweep < greatestSweeps; sweep++) {
    if (!movedAlone(descent) && (quadratic.length > shortRow || !movedInPairs(descent))) break;
    moved = true;
  }
  return { integers, loss: lossOf(task, integers, moved ? gradientOf(task, integers) : gradient) };
}

interface Descent {
  readonly task: RowTask;
  /** Where it has come to. */
  readonly integers: Int32Array;
  /** Of half the quadratic there, by the real weights. */
  readonly gradient: Float64Array;
}

/** Each weight to where it is best while the others stay. False where all are. */
function movedAlone(descent: Descent): boolean {
  const { task, integers, gradient } = descent;
  const { quadratic, row, scale, greatest } = task;
  const { length, hessian } = quadratic;
  let moved = false;
  for (let k = 0; k < length; k++) {
    const curvature = scale * hessian[k * length + k]!;
    const step = curvature > 0 ? round(-gradient[k]! / curvature) : 0;
    if (step === 0) continue;
    const change = within(integers[k]! + step, row[k]! / scale, greatest) - integers[k]!;
    // The step that is allowed may be less than the best, and then no gain.
    if (change === 0 || change * gradient[k]! + (change * change * curvature) / 2 >= 0) continue;
    move(descent, k, change);
    moved = true;
  }
  return moved;
}

/** Two weights by one step each, where that is better and neither alone is: what one adds the other takes away. */
function movedInPairs(descent: Descent): boolean {
  const { task, integers, gradient } = descent;
  const { quadratic, row, scale, greatest } = task;
  const { length, hessian } = quadratic;
  let moved = false;
  const isAllowed = (k: number, change: number): boolean =>
    within(integers[k]! + change, row[k]! / scale, greatest) === integers[k]! + change;
  for (let k = 0; k < length; k++)
    for (let j = k + 1; j < length; j++) {
      const both = hessian[k * length + j]!;
      const curvature = (scale * (hessian[k * length + k]! + hessian[j * length + j]!)) / 2;
      // Of the two signs of either, those that the gradients ask for; of both together, those that take from each other.
      const second = both > 0 ? -1 : 1;
      const slope = gradient[k]! + second * gradient[j]!;
      const first = slope > 0 ? -1 : 1;
      if (-abs(slope) + curvature - scale * abs(both) >= 0) continue;
      if (!isAllowed(k, first) || !isAllowed(j, first * second)) continue;
      move(descent, k, first);
      move(descent, j, first * second);
      moved = true;
    }
  return moved;
}

function move({ task: { quadratic, scale }, integers, gradient }: Descent, k: number, change: number): void {
  const { length, hessian } = quadratic;
  integers[k]! += change;
  for (let j = 0, at = k * length; j < length; j++, at++) gradient[j]! += change * scale * hessian[at]!;
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
function gradientOf({ quadratic, channel, scale }: RowTask, integers: Int32Array): Float64Array {
  const { length, hessian, linear } = quadratic;
  const [gradient, weights] = [new Float64Array(length), new Float64Array(length)];
  for (let i = 0; i < length; i++) {
    gradient[i] = -linear[channel * length + i]!;
    weights[i] = integers[i]! * scale;
  }
  addRows(gradient, hessian, weights);
  return gradient;
}

/** Of the quadratic at `integers`, where its gradient is this one. */
function lossOf({ quadratic, channel, scale }: RowTask, integers: Int32Array, gradient: Float64Array): number {
  let loss = 0;
  for (let i = 0; i < gradient.length; i++)
    loss += integers[i]! * scale * (gradient[i]! - quadratic.linear[channel * quadratic.length + i]!);
  return loss;
}
