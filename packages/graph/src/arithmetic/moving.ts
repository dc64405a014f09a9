// What operators that only move values share: one kernel for every type, and a strided copy.
import type { TensorData } from '../data-type.js';
import type { AppliedContext, Cost, Kernel, KernelSet } from '../op-definition.js';
import { elementCount } from '../shape.js';
import { bytesTouched } from './bytes-touched.js';

/** The same kernel whatever the elements are. */
export function forEveryType<A>(kernel: Kernel<A>): KernelSet<A> {
  return { float: kernel, int8: kernel, int16: kernel, integer: kernel };
}

export function movingCost(context: AppliedContext<object>): Cost {
  return { macs: 0, elementOps: elementCount(context.outputs[0]!.shape), bytes: bytesTouched(context) };
}

/** Fills `result` ([...shape], C order) from `source`, read from `offset` on with one stride per dimension of `shape`. */
export function copyStrided(
  source: TensorData,
  result: TensorData,
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
): void {
  const index = new Array<number>(shape.length).fill(0);
  for (let i = 0, from = offset; i < result.length; i++) {
    result[i] = source[from]!;
    for (let d = shape.length - 1; d >= 0; d--) {
      from += strides[d]!;
      if (++index[d]! < shape[d]!) break;
      from -= strides[d]! * shape[d]!;
      index[d] = 0;
    }
  }
}

/** Writes `source` ([...shape], C order) into `result` from `offset` on with one stride per dimension of `shape`. */
export function scatterStrided(
  source: TensorData,
  result: TensorData,
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
): void {
  const index = new Array<number>(shape.length).fill(0);
  for (let i = 0, to = offset; i < source.length; i++) {
    result[to] = source[i]!;
    for (let d = shape.length - 1; d >= 0; d--) {
      to += strides[d]!;
      if (++index[d]! < shape[d]!) break;
      to -= strides[d]! * shape[d]!;
      index[d] = 0;
    }
  }
}

/** An axis that may count from the last dimension, as one that counts from the first. */
export function positiveAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
