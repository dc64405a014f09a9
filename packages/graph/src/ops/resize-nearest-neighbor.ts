// RESIZE_NEAREST_NEIGHBOR: an image of another size, each pixel a copy of the nearest one.
import { roundHalfAway } from '../arithmetic/activation.js';
import { forEveryType, movingCost } from '../arithmetic/moving.js';
import {
  inferResized,
  resizeDefaults,
  resizeFields,
  resizeRules,
  targetOf,
  type ResizeAttributes,
} from '../arithmetic/resizing.js';
import { defineOperator, type KernelContext } from '../op-definition.js';
import { activation, index, sameAsInputs } from '../operand-role.js';

export const resizeNearestNeighbor = defineOperator<'RESIZE_NEAREST_NEIGHBOR', ResizeAttributes>({
  kind: 'RESIZE_NEAREST_NEIGHBOR',
  summary: 'An image of another size, each pixel a copy of the nearest one',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: resizeDefaults,
  requires: resizeRules,
  infer: inferResized,
  kernels: forEveryType(resizeNearest),
  quantization: { operands: [activation, index], outputs: [sameAsInputs] },
  traits: { movesDataOnly: true, scalesChannels: () => true },
  cost: movingCost,
  tflite: {
    builtin: 'RESIZE_NEAREST_NEIGHBOR',
    options: 'ResizeNearestNeighborOptions',
    fields: resizeFields,
    version: ({ inputs: [input], attributes: a }) =>
      input!.dtype === 'int16' ? 4 : a.alignCorners || a.halfPixelCenters ? 3 : input!.dtype === 'int8' ? 2 : 1,
  },
  tflm: { resolver: 'AddResizeNearestNeighbor' },
});

function resizeNearest({
  inputs: [input, size],
  outputs: [output],
  attributes,
}: KernelContext<ResizeAttributes>): void {
  const [batches, height, width, channels] = input!.shape as [number, number, number, number];
  const [rows, columns] = targetOf(size!);
  const fromY = Array.from({ length: rows }, (_, y) => nearest(y, height, rows, attributes));
  const fromX = Array.from({ length: columns }, (_, x) => nearest(x, width, columns, attributes));
  let to = 0;
  for (let batch = 0; batch < batches; batch++) {
    for (const y of fromY) {
      for (const x of fromX) {
        const from = ((batch * height + y) * width + x) * channels;
        for (let c = 0; c < channels; c++) output!.data[to++] = input!.data[from + c]!;
      }
    }
  }
}

/** In float32 as the runtimes compute it: there the ties fall. Source: TFLite's GetNearestNeighbor. */
function nearest(
  place: number,
  size: number,
  target: number,
  { alignCorners, halfPixelCenters }: ResizeAttributes,
): number {
  const scale = alignCorners && target > 1 ? Math.fround((size - 1) / (target - 1)) : Math.fround(size / target);
  const scaled = Math.fround((place + (halfPixelCenters ? 0.5 : 0)) * scale);
  return Math.min(alignCorners ? roundHalfAway(scaled) : Math.floor(scaled), size - 1);
}
