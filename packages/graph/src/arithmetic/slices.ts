// The runs of a tensor that share a scale.
import type { Quantization, Shape } from '../ir.js';
import { elementCount } from '../shape.js';

/** Calls `visit` for elements [from, to) with the number of their scale; all of them at once where there is only one. */
export function forEachSlice(
  shape: Shape,
  { scale, axis }: Quantization,
  visit: (slice: number, from: number, to: number) => void,
): void {
  const count = elementCount(shape);
  if (scale.length === 1) return visit(0, 0, count);
  const inner = elementCount(shape.slice(axis + 1));
  for (let from = 0, slice = 0; from < count; from += inner, slice = (slice + 1) % scale.length)
    visit(slice, from, from + inner);
}
