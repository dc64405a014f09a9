// A layer's input as the kernels read it: int16 with the padding around it, so that no patch leaves it.
import type { PatchGeometry } from '@wherry/graph';

export interface PaddedImage {
  readonly bytes: number;
  readonly rowBytes: number;
  readonly pixelBytes: number;
  /** Offset of the first value that is not padding. */
  readonly origin: number;
}

export function paddedImage(geometry: PatchGeometry, channels: number): PaddedImage {
  const g = geometry;
  const rows = Math.max(g.top + g.inputH, extent(g.outputH, g.strideH, g.filterH, g.dilationH));
  const columns = Math.max(g.left + g.inputW, extent(g.outputW, g.strideW, g.filterW, g.dilationW));
  const pixelBytes = 2 * channels;
  const rowBytes = columns * pixelBytes;
  return { bytes: rows * rowBytes, rowBytes, pixelBytes, origin: g.top * rowBytes + g.left * pixelBytes };
}

/** Input values from the first to the last that a window touches. */
function extent(outputs: number, stride: number, filter: number, dilation: number): number {
  return (outputs - 1) * stride + (filter - 1) * dilation + 1;
}
