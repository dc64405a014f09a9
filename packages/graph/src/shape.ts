// Arithmetic of shapes: counts, strides, broadcasting.
import type { Shape } from './ir.js';

/** Number of elements; 1 for a scalar. Throws RangeError past 2^31 - 1, the most that TFLite can index. */
export function elementCount(shape: Shape): number {
  let count = 1;
  for (const dimension of shape) {
    count *= dimension;
    if (!(count <= 2147483647)) throw new RangeError(`shape [${shape.join(', ')}] has too many elements`);
  }
  return count;
}

/** Elements between neighbours along each dimension, C order. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let d = shape.length - 2; d >= 0; d--) strides[d] = strides[d + 1]! * shape[d + 1]!;
  return strides;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, d) => dimension === b[d]);
}

/** NumPy broadcasting of two shapes, or undefined when they do not go together. */
export function broadcastShape(a: Shape, b: Shape): number[] | undefined {
  const rank = Math.max(a.length, b.length);
  const result: number[] = [];
  for (let d = 0; d < rank; d++) {
    const left = a[d - rank + a.length] ?? 1;
    const right = b[d - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) return undefined;
    result.push(left === 1 ? right : left);
  }
  return result;
}

/** Strides that walk `shape` as if it had `target`'s dimensions: 0 along what is broadcast. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const own = stridesOf(shape);
  const offset = target.length - shape.length;
  return target.map((_, d) => (d < offset || shape[d - offset] === 1 ? 0 : own[d - offset]!));
}
