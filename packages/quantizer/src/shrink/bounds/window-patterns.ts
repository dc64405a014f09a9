// Which places of a filter lie on the input together, over all places where the filter stands.
import { slidingWindow, type ConvolutionAttributes, type Shape } from '@wherry/graph';

/** Indices of the filter's places (row by row) that lie on the input at some output pixel; the others are in the padding. */
export type WindowPattern = readonly number[];

/** Each pattern once. Without padding there is one, of all places. */
export function windowPatterns(
  input: Shape,
  filter: Shape,
  attributes: ConvolutionAttributes,
): readonly WindowPattern[] {
  const { padding, strideH, strideW, dilationH, dilationW } = attributes;
  const [, inputH, inputW] = input as [number, number, number, number];
  const [, filterH, filterW] = filter as [number, number, number, number];
  const rows = coveredPlaces(inputH, filterH, strideH, dilationH, padding);
  const columns = coveredPlaces(inputW, filterW, strideW, dilationW, padding);
  return rows.flatMap((covered) => columns.map((places) => covered.flatMap((y) => places.map((x) => y * filterW + x))));
}

/** Along one dimension. */
function coveredPlaces(
  size: number,
  filter: number,
  stride: number,
  dilation: number,
  padding: ConvolutionAttributes['padding'],
): readonly (readonly number[])[] {
  const { outputSize, before } = slidingWindow(size, filter, stride, dilation, padding);
  const found = new Map<string, readonly number[]>();
  for (let at = 0; at < outputSize; at++) {
    const covered: number[] = [];
    for (let place = 0; place < filter; place++) {
      const on = at * stride - before + place * dilation;
      if (on >= 0 && on < size) covered.push(place);
    }
    found.set(covered.join(), covered);
  }
  return [...found.values()];
}
