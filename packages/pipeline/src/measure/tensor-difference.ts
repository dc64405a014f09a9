// How a tensor of the device differs from that of the reference.
import { tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { dataOf } from './tensor-bytes.js';

export interface TensorDifference {
  /** Position of the first element that differs, along each axis. */
  readonly element: readonly number[];
  readonly expected: number;
  readonly got: number;
  readonly differing: number;
  readonly of: number;
  /** In the numbers of the tensor: steps of its scale where it has one. */
  readonly greatest: number;
}

/** Real numbers may be off by so much of the greatest of their tensor: kernels sum in another order, or keep more digits. */
const roundingShare = 1e-5;

/** `close`: real numbers, off by no more than rounding. */
export function compareTensors(
  graph: Graph,
  id: TensorId,
  expected: Uint8Array,
  got: Uint8Array,
): TensorDifference | 'same' | 'close' {
  if (Buffer.compare(expected, got) === 0) return 'same';
  const [right, device] = [dataOf(graph, id, expected), dataOf(graph, id, got)];
  const { dtype, shape } = tensorAt(graph, id);
  const slack = dtype === 'float32' ? roundingShare * greatestOf(right as Float32Array) : -1;
  let [first, differing, greatest] = [-1, 0, 0];
  for (let i = 0; i < right.length; i++) {
    if (Object.is(right[i], device[i])) continue;
    const distance = Math.abs(Number(device[i]) - Number(right[i]));
    if (distance <= slack) continue;
    if (first < 0) first = i;
    differing++;
    // NaN is further off than any number.
    greatest = Number.isNaN(distance) ? Infinity : Math.max(greatest, distance);
  }
  if (first < 0) return 'close';
  return {
    element: positionOf(first, shape),
    expected: Number(right[first]),
    got: Number(device[first]),
    differing,
    of: right.length,
    greatest,
  };
}

/** Digits of what a device prints. */
export const printedStep = 0.001;

/** What a device prints of real values: to a thousandth, rounded or cut, and in single precision. Null where it is what is right. */
export function printedDifference(
  right: ArrayLike<number>,
  printed: ArrayLike<number>,
  shape: readonly number[],
): TensorDifference | null {
  let [first, differing, greatest] = [-1, 0, 0];
  for (let i = 0; i < right.length; i++) {
    const distance = Math.abs(printed[i]! - right[i]!);
    const isCut = right[i]! > printed[i]! && right[i]! > 0;
    if (distance <= (isCut ? printedStep : printedStep / 2) + 1e-6 * Math.max(1, Math.abs(right[i]!))) continue;
    if (first < 0) first = i;
    differing++;
    greatest = Math.max(greatest, distance);
  }
  if (first < 0) return null;
  const element = positionOf(first, shape);
  return { element, expected: right[first]!, got: printed[first]!, differing, of: right.length, greatest };
}

/** Of finite values. */
function greatestOf(values: Float32Array): number {
  return values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
}

function positionOf(index: number, shape: readonly number[]): readonly number[] {
  const position: number[] = [];
  let rest = index;
  for (const size of [...shape].reverse()) {
    position.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return position;
}
