// A decoded picture, and the caps that every decoder obeys.
import { limits } from '../limits.js';
import { refuse } from '../refuse.js';

/** 8-bit samples, interleaved, rows from the top; 1 = gray, 3 = RGB, 4 = RGBA. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/** To be called by each decoder before anything of the picture's size is allocated. */
export function checkPictureSize(width: number, height: number, where: string): void {
  if (
    width >= 1 &&
    height >= 1 &&
    width <= limits.imageSide &&
    height <= limits.imageSide &&
    width * height <= limits.imagePixels
  )
    return;
  refuse('DATA_TOO_LARGE', {
    what: `the picture claims ${width} x ${height} pixels; 1 to ${limits.imageSide} a side and ${limits.imagePixels} in all are read`,
    where,
    next: 'shrink the picture to about the size of the model input',
  });
}

/** Gray when every pixel is; drops an alpha channel. */
export function toGrayOrRgb({ width, height, data, channels }: Picture, target: 1 | 3): Picture | undefined {
  if (channels === target) return { width, height, data, channels };
  const pixels = width * height;
  const result = new Uint8Array(pixels * target);
  for (let p = 0; p < pixels; p++) {
    const [r, g, b] =
      channels === 1
        ? [data[p]!, data[p]!, data[p]!]
        : [data[channels * p]!, data[channels * p + 1]!, data[channels * p + 2]!];
    if (target === 1 && (r !== g || g !== b)) return undefined;
    result.set(target === 1 ? [r] : [r, g, b], p * target);
  }
  return { width, height, data: result, channels: target };
}
