// Cases of the image resizers.
import type { ResizeAttributes } from '../arithmetic/resizing.js';
import { activation, indices } from './operands.js';
import type { OperatorCase } from './operator-case.js';

const sizes: readonly (readonly [readonly [number, number], readonly [number, number]])[] = [
  [
    [3, 4],
    [6, 8],
  ],
  [
    [4, 3],
    [4, 3],
  ],
  [
    [5, 6],
    [2, 3],
  ],
  [
    [2, 3],
    [7, 5],
  ],
  [
    [3, 3],
    [1, 5],
  ],
];

/** `both`: corners may be aligned with centres at a half. */
export function resizeCases(both: boolean): readonly OperatorCase<ResizeAttributes>[] {
  const settings = [
    [false, false],
    [true, false],
    [false, true],
    ...(both ? [[true, true] as const] : []),
  ] as readonly (readonly [boolean, boolean])[];
  return settings.flatMap(([alignCorners, halfPixelCenters]) =>
    sizes.map(([from, to], i) => ({
      inputs: [activation([1 + (i % 2), ...from, 1 + (i % 3)]), indices(to)],
      attributes: { alignCorners, halfPixelCenters },
    })),
  );
}
