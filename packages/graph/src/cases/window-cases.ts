// What the cases of convolutions and pools go through: filters, steps and images in which every kind of padding occurs.
import type { Padding } from '../arithmetic/window.js';
import { vary } from './vary.js';

export interface WindowCase {
  readonly padding: Padding;
  readonly filter: readonly [height: number, width: number];
  readonly stride: readonly [height: number, width: number];
  readonly dilation: readonly [height: number, width: number];
  readonly image: readonly [height: number, width: number];
}

/** Steps longer than the filter, in one dimension or both, pad less than nothing. */
export function windowCases(dilations: readonly (readonly [number, number])[]): readonly WindowCase[] {
  return vary<WindowCase>({
    padding: ['SAME', 'VALID'],
    filter: [
      [1, 1],
      [3, 3],
      [2, 3],
      [1, 3],
    ],
    stride: [
      [1, 1],
      [2, 2],
      [4, 4],
      [3, 1],
      [1, 2],
    ],
    dilation: dilations,
    image: [
      [8, 7],
      [5, 6],
    ],
  }).filter(
    ({ padding, filter, dilation, image }) =>
      padding === 'SAME' || image.every((size, d) => (filter[d]! - 1) * dilation[d]! < size),
  );
}
