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
    padding, strideH, strideW, dilationH, dilationW,
    batches, inputH, inputW, inputChannels, filterH, filterW, groupChannels,
    outputH: vertical.outputSize, outputW: horizontal.outputSize, top: vertical.before, left: horizontal.before,
  };
}

/**
 * Fills `patch` ([filterH, filterW, groupChannels]) with input - zeroPoint for output pixel (y, x); what lies in the
 * padding is 0, as the reference kernels skip it.
 */
export function gatherPatch(
  patch: Float32Array | Int32Array,
  input: Float32Array | Int8Array | Int16Array,
  zeroPoint: number,
  geometry: PatchGeometry,
  place: { readonly batch: number; readonly y: number; readonly x: number; readonly group: number },
): void {
  const g = geometry;
  let at = 0;
  for (let fy = 0; fy < g.filterH; fy++) {
    const iy = place.y * g.strideH - g.top + fy * g.dilationH;
    for (let fx = 0; fx < g.filterW; fx++) {
      const ix = place.x * g.strideW - g.left + fx * g.dilationW;
      const end = at + g.groupChannels;
      if (iy < 0 || iy >= g.inputH || ix < 0 || ix >= g.inputW) {
        patch.fill(0, at, end);
        at = end;
        continue;
      }
      let from = ((place.batch * g.inputH + iy) * g.inputW + ix) * g.inputChannels + place.group * g.groupChannels;
      while (at < end) patch[at++] = input[from++]! - zeroPoint;
    }
  }
}
