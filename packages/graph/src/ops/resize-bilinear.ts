// RESIZE_BILINEAR: an image of another size, each pixel a mixture of the four around it.
import { bytesTouched } from '../arithmetic/bytes-touched.js';
import {
  inferResized,
  neighboursFloat,
  neighboursInteger,
  resizeDefaults,
  resizeFields,
  resizeRules,
  targetOf,
  type Neighbours,
  type ResizeAttributes,
} from '../arithmetic/resizing.js';
import { defineOperator, type KernelContext, type Rounding } from '../op-definition.js';
import { activation, index, sameAsInputs } from '../operand-role.js';
import { elementCount } from '../shape.js';

export const resizeBilinear = defineOperator<'RESIZE_BILINEAR', ResizeAttributes>({
  kind: 'RESIZE_BILINEAR',
  summary: 'An image of another size, each pixel a mixture of the four around it',
  arity: { inputs: [2, 2], outputs: 1 },
  defaults: resizeDefaults,
  requires: [
    ...resizeRules,
    {
      sentence: 'corners are not aligned when pixels are centred at a half',
      holds: ({ attributes }) => !(attributes.alignCorners && attributes.halfPixelCenters),
    },
  ],
  infer: inferResized,
  kernels: {
    float: (context) => mix(context, neighboursFloat, (sum) => sum),
    int8: (context) => mix(context, neighboursInteger, rounded(context.rounding)),
  },
  quantization: { operands: [activation, index], outputs: [sameAsInputs] },
  traits: {},
  // Four products per element.
  cost: (context) => ({
    macs: 4 * elementCount(context.outputs[0]!.shape),
    elementOps: 0,
    bytes: bytesTouched(context),
  }),
  tflite: {
    builtin: 'RESIZE_BILINEAR',
    options: 'ResizeBilinearOptions',
    fields: resizeFields,
    version: ({ inputs: [input], attributes }) =>
      input!.dtype === 'int16' ? 4 : attributes.halfPixelCenters ? 3 : input!.dtype === 'int8' ? 2 : 1,
  },
  tflm: { resolver: 'AddResizeBilinear' },
});

type Locate = (place: number, size: number, target: number, attributes: ResizeAttributes) => Neighbours;

/** 2^20 is one; halves away from zero, or up in the single rounding. */
function rounded(rounding: Rounding): (sum: number) => number {
  if (rounding === 'single') return (sum) => Math.floor((sum + 524288) / 1048576);
  return (sum) => Math.trunc((sum + (sum > 0 ? 524288 : -524288)) / 1048576);
}

function mix(
  { inputs: [input, size], outputs: [output], attributes }: KernelContext<ResizeAttributes>,
  locate: Locate,
  finish: (sum: number) => number,
): void {
  const [batches, height, width, channels] = input!.shape as [number, number, number, number];
  const [rows, columns] = targetOf(size!);
  const vertical = Array.from({ length: rows }, (_, y) => locate(y, height, rows, attributes));
  const horizontal = Array.from({ length: columns }, (_, x) => locate(x, width, columns, attributes));
  const source = input!.data as Float32Array | Int8Array;
  let to = 0;
  for (let batch = 0; batch < batches; batch++) {
    const at = (y: number, x: number): number => ((batch * height + y) * width + x) * channels;
    for (const v of vertical) {
      for (const h of horizontal) {
        const places = [at(v.low, h.low), at(v.high, h.low), at(v.low, h.high), at(v.high, h.high)] as const;
        for (let c = 0; c < channels; c++) {
          const upper =
            source[places[0] + c]! * v.lowWeight * h.lowWeight + source[places[1] + c]! * v.highWeight * h.lowWeight;
          const lower =
            source[places[2] + c]! * v.lowWeight * h.highWeight + source[places[3] + c]! * v.highWeight * h.highWeight;
          output!.data[to++] = finish(upper + lower);
        }
      }
    }
  }
}
