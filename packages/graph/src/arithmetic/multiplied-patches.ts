// What the weights of each output channel are multiplied by, place by place: for whoever looks for better weights.
import type { Shape } from '../ir.js';
import { patchGeometry, patchReader, type ConvolutionAttributes } from './patches.js';

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
