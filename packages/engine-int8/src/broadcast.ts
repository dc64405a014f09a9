// How two operands are walked that are broadcast to each other: as few dimensions as they leave.
import { broadcastStrides, type Shape } from '@wherry/graph';

/** Steps are in values; 0 where an operand is repeated. */
export interface BroadcastDimension {
  readonly size: number;
  readonly first: number;
  readonly second: number;
}

/** At least one dimension, the last of which a kernel runs through at once: there a step is 0 or 1. */
export function broadcastDimensions(first: Shape, second: Shape, output: Shape): BroadcastDimension[] {
  return mergedDimensions(output, broadcastStrides(first, output), broadcastStrides(second, output));
}

/** Dimensions of `shape`, those of size 1 left out, as few as give the same places in both operands. */
export function mergedDimensions(
  shape: Shape,
  firstSteps: readonly number[],
  secondSteps: readonly number[],
): BroadcastDimension[] {
  const merged: BroadcastDimension[] = [];
  for (let d = shape.length - 1; d >= 0; d--) {
    const [size, first, second] = [shape[d]!, firstSteps[d]!, secondSteps[d]!];
    const inner = merged[0];
    if (size === 1) continue;
    if (inner !== undefined && first === inner.first * inner.size && second === inner.second * inner.size)
      merged[0] = { ...inner, size: size * inner.size };
    else merged.unshift({ size, first, second });
  }
  return merged.length === 0 ? [{ size: 1, first: 1, second: 1 }] : merged;
}

/** As the kernels read it: the number of outer dimensions, then size, both steps and a counter of each, innermost first. */
export function packWalk(dimensions: readonly BroadcastDimension[]): Int32Array {
  const outer = dimensions.slice(0, -1).reverse();
  return Int32Array.from([outer.length, ...outer.flatMap(({ size, first, second }) => [size, first, second, 0])]);
}
