// The input values under a convolution's filter, laid out as the filter is: the reference's im2col, one pixel at a time.
import type { Shape } from '../ir.js';
import { slidingWindow, type Padding } from './window.js';

export interface ConvolutionAttributes {
  readonly padding: Padding;
  readonly strideH: number;
  readonly strideW: number;
  readonly dilationH: number;
  readonly dilationW: number;
}

/** Everything about the geometry of one 2-D convolution. Input [N,H,W,C], filter [O,H,W,C / groups]. */
export interface PatchGeometry extends ConvolutionAttributes {
  readonly batches: number;
  readonly inputH: number;
  readonly inputW: number;
  readonly inputChannels: number;
  readonly filterH: number;
  readonly filterW: number;
  readonly groupChannels: number;
  readonly outputH: number;
  readonly outputW: number;
  readonly top: number;
  readonly left: number;
}

export function patchGeometry(input: Shape, filter: Shape, attributes: ConvolutionAttributes): PatchGeometry {
  const [batches, inputH, inputW, inputChannels] = input as [number, number, number, number];
  const [, filterH, filterW, groupChannels] = filter as [number, number, number, number];
  const { padding, strideH, strideW, dilationH, dilationW } = attributes;
  const vertical = slidingWindow(inputH, filterH, strideH, dilationH, padding);
  const horizontal = slidingWindow(inputW, filterW, strideW, dilationW, padding);
  return {
    padding,
    strideH,
    strideW,
    dilationH,
    dilationW,
    batches,
    inputH,
    inputW,
    inputChannels,
    filterH,
    filterW,
    groupChannels,
    outputH: vertical.outputSize,
    outputW: horizontal.outputSize,
    top: vertical.before,
    left: horizontal.before,
  };
}

/** Where the next patch is to be read: `source` is the input itself where patches are contiguous in it. */
export interface PatchReader<P> {
  readonly source: P;
  readonly length: number;
  /** Index in `source` of the patch of a group at output pixel (batch, y, x). */
  at(batch: number, y: number, x: number, group: number): number;
}

/**
 * Patches of [filterH, filterW, groupChannels]; what lies in the padding is 0. A 1x1 filter reads the input in
 * place; larger ones are gathered into one array that the next call overwrites.
 */
export function patchReader<P extends Float32Array | Int32Array | Int16Array>(
  input: P,
  geometry: PatchGeometry,
  allocate: (length: number) => P,
): PatchReader<P> {
  const g = geometry;
  const length = g.filterH * g.filterW * g.groupChannels;
  const start = (batch: number, iy: number, ix: number, group: number): number =>
    ((batch * g.inputH + iy) * g.inputW + ix) * g.inputChannels + group * g.groupChannels;
  if (g.filterH === 1 && g.filterW === 1) {
    return { source: input, length, at: (batch, y, x, group) => start(batch, y * g.strideH, x * g.strideW, group) };
  }
  const patch = allocate(length);
  return {
    source: patch,
    length,
    at: (batch, y, x, group) => {
      let to = 0;
      for (let fy = 0; fy < g.filterH; fy++) {
        const iy = y * g.strideH - g.top + fy * g.dilationH;
        for (let fx = 0; fx < g.filterW; fx++) {
          const ix = x * g.strideW - g.left + fx * g.dilationW;
          const end = to + g.groupChannels;
          if (iy < 0 || iy >= g.inputH || ix < 0 || ix >= g.inputW) {
            while (to < end) patch[to++] = 0;
          } else {
            let from = start(batch, iy, ix, group);
            while (to < end) patch[to++] = input[from++]!;
          }
        }
      }
      return 0;
    },
  };
}

/** Calls `visit` for every output pixel in order; `pixel` is its index in [N,H,W]. */
export function forEachPixel(
  geometry: Pick<PatchGeometry, 'batches' | 'outputH' | 'outputW'>,
  visit: (batch: number, y: number, x: number, pixel: number) => void,
): void {
  let pixel = 0;
  for (let batch = 0; batch < geometry.batches; batch++) {
    for (let y = 0; y < geometry.outputH; y++) {
      for (let x = 0; x < geometry.outputW; x++) visit(batch, y, x, pixel++);
    }
  }
}
