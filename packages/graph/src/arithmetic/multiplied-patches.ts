// What the weights of each output channel are multiplied by, place by place: for whoever looks for better weights.
import type { Shape } from '../ir.js';
import { patchGeometry, patchReader, type ConvolutionAttributes } from './patches.js';
import { slidingWindow } from './window.js';

/** Output channel `o` of `O` reads group `floor(o * groups / O)`. */
export interface MultipliedPatches {
  readonly groups: number;
  /** Values in a patch: one for each weight of an output channel, in the order of the weights. */
  readonly length: number;
  /** Values of the output per output channel. */
  readonly places: number;
  /** Copies the patch at a place; what lies in the padding is 0. */
  read(place: number, group: number, into: Float64Array): void;
}

/** Input [N,H,W,C], filter [O,H,W,C / groups]: with one channel in a group, a depthwise convolution. */
export function convolutionPatches(
  input: { readonly shape: Shape; readonly data: Float32Array },
  filter: Shape,
  attributes: ConvolutionAttributes,
): MultipliedPatches {
  const geometry = patchGeometry(input.shape, filter, attributes);
  const { outputH, outputW, inputChannels, groupChannels, batches } = geometry;
  const reader = patchReader(input.data, geometry, (size) => new Float32Array(size));
  const { source, length } = reader;
  const pixels = outputH * outputW;
  return {
    groups: inputChannels / groupChannels,
    length,
    places: batches * pixels,
    read: (place, group, into) => {
      const pixel = place % pixels;
      const from = reader.at(Math.floor(place / pixels), Math.floor(pixel / outputW), pixel % outputW, group);
      for (let k = 0; k < length; k++) into[k] = source[from + k]!;
    },
  };
}

/**
 * Input [N,H,W,C], filter [O,H,W,C], output [N,H,W,O] of a transposed convolution: what lies between two strides is 0, too.
 * The padding is that of the convolution from the output to the input.
 */
export function spreadPatches(
  input: { readonly shape: Shape; readonly data: Float32Array },
  [, filterH, filterW]: Shape,
  { padding, strideH, strideW }: Pick<ConvolutionAttributes, 'padding' | 'strideH' | 'strideW'>,
  [batches, outputH, outputW]: Shape,
): MultipliedPatches {
  const [, height, width, depth] = input.shape as [number, number, number, number];
  const top = slidingWindow(outputH!, filterH!, strideH, 1, padding).before;
  const left = slidingWindow(outputW!, filterW!, strideW, 1, padding).before;
  const pixels = outputH! * outputW!;
  return {
    groups: 1,
    length: filterH! * filterW! * depth,
    places: batches! * pixels,
    read: (place, _, into) => {
      into.fill(0);
      const pixel = place % pixels;
      const image = Math.floor(place / pixels) * height * width;
      for (let fy = 0; fy < filterH!; fy++) {
        const y = (Math.floor(pixel / outputW!) + top - fy) / strideH;
        if (!Number.isInteger(y) || y < 0 || y >= height) continue;
        for (let fx = 0; fx < filterW!; fx++) {
          const x = ((pixel % outputW!) + left - fx) / strideW;
          if (!Number.isInteger(x) || x < 0 || x >= width) continue;
          const from = (image + y * width + x) * depth;
          const to = (fy * filterW! + fx) * depth;
          for (let c = 0; c < depth; c++) into[to + c] = input.data[from + c]!;
        }
      }
    },
  };
}

/** Rows of `depth` values. */
export function matrixPatches(data: Float32Array, depth: number): MultipliedPatches {
  return {
    groups: 1,
    length: depth,
    places: data.length / depth,
    read: (place, _, into) => {
      for (let k = 0; k < depth; k++) into[k] = data[place * depth + k]!;
    },
  };
}
