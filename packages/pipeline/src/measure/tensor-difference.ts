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

/** Null where the bytes are the same. */
export function firstDifference(
  graph: Graph,
  id: TensorId,
  expected: Uint8Array,
  got: Uint8Array,
): TensorDifference | null {
  if (Buffer.compare(expected, got) === 0) return null;
  const [right, device] = [dataOf(graph, id, expected), dataOf(graph, id, got)];
  let [first, differing, greatest] = [-1, 0, 0];
  for (let i = 0; i < right.length; i++) {
    if (Object.is(right[i], device[i])) continue;
    if (first < 0) first = i;
    differing++;
    const distance = Math.abs(Number(device[i]) - Number(right[i]));
    // NaN is further off than any number.
    greatest = Number.isNaN(distance) ? Infinity : Math.max(greatest, distance);
  }
  return {
    element: positionOf(first, tensorAt(graph, id).shape),
    expected: Number(right[first]),
    got: Number(device[first]),
    differing,
    of: right.length,
    greatest,
  };
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
