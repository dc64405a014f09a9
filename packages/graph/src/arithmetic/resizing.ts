// What the two image resizers share: [N,H,W,C] images, a constant target size, and where the pixels' centres are.
import type { OperandSpec, OperatorContext, OutputSpec, Requirement } from '../op-definition.js';

export interface ResizeAttributes {
  /** The corner pixels' centres of input and output coincide. */
  readonly alignCorners: boolean;
  /** Pixel i is centred at i + 0.5. */
  readonly halfPixelCenters: boolean;
}

export const resizeDefaults: ResizeAttributes = { alignCorners: false, halfPixelCenters: false };

export const resizeFields = { alignCorners: 'align_corners', halfPixelCenters: 'half_pixel_centers' } as const;

export const resizeRules: readonly Requirement<ResizeAttributes>[] = [
  {
    sentence: 'the input has 4 dimensions, none of them 0',
    holds: ({ inputs: [input] }) => input!.shape.length === 4 && input!.shape.every((size) => size > 0),
  },
  {
    sentence: 'the size is a constant int32 vector of height and width, both at least 1',
    holds: ({ inputs: [, size] }) =>
      size!.dtype === 'int32' && size!.data?.length === 2 && Math.min(...targetOf(size!)) >= 1,
  },
];

export function inferResized({ inputs: [input, size] }: OperatorContext<ResizeAttributes>): readonly OutputSpec[] {
  const [height, width] = targetOf(size!);
  return [{ shape: [input!.shape[0]!, height, width, input!.shape[3]!], dtype: input!.dtype }];
}

/** Height and width. */
export function targetOf(size: OperandSpec): readonly [number, number] {
  return [Number(size.data![0]), Number(size.data![1])];
}

/** The places before and behind along one dimension, with their weights. */
export interface Neighbours {
  readonly low: number;
  readonly high: number;
  readonly lowWeight: number;
  readonly highWeight: number;
}

/** Places in 1024ths of a pixel. Source: TFLite's ResizeBilinearInteger; divisions cut off towards zero. */
export function neighboursInteger(
  place: number,
  size: number,
  target: number,
  { alignCorners, halfPixelCenters }: ResizeAttributes,
): Neighbours {
  const [from, to] = alignCorners && target > 1 ? [size - 1, target - 1] : [size, target];
  const scale = Math.trunc((1024 * from + (to >> 1)) / to);
  const scaled = place * scale + (halfPixelCenters ? (scale >> 1) - 512 : 0);
  const low = Math.max(0, Math.trunc(scaled / 1024));
  const weight = scaled - 1024 * low;
  return {
    low,
    high: Math.min(Math.trunc((scaled + 1023) / 1024), size - 1),
    lowWeight: 1024 - weight,
    highWeight: weight,
  };
}

/** The same in real numbers, each step rounded to float32. */
export function neighboursFloat(
  place: number,
  size: number,
  target: number,
  { alignCorners, halfPixelCenters }: ResizeAttributes,
): Neighbours {
  const scale = alignCorners && target > 1 ? Math.fround((size - 1) / (target - 1)) : Math.fround(size / target);
  const scaled = halfPixelCenters ? Math.fround(Math.fround((place + 0.5) * scale) - 0.5) : Math.fround(place * scale);
  const low = Math.max(0, Math.floor(scaled));
  const weight = Math.fround(scaled - low);
  return { low, high: Math.min(Math.ceil(scaled), size - 1), lowWeight: Math.fround(1 - weight), highWeight: weight };
}

/** The neighbours of every place of the target, in integers: weights in 1024ths. */
export function bilinearNeighbours(size: number, target: number, attributes: ResizeAttributes): Neighbours[] {
  return Array.from({ length: target }, (_, place) => neighboursInteger(place, size, target, attributes));
}

/** In real numbers. */
export function bilinearNeighboursFloat(size: number, target: number, attributes: ResizeAttributes): Neighbours[] {
  return Array.from({ length: target }, (_, place) => neighboursFloat(place, size, target, attributes));
}
