// Where a sliding window stands: output size and leading padding of convolutions and pools.

export type Padding = 'SAME' | 'VALID';

export interface Window {
  readonly outputSize: number;
  /** Elements of padding before the first input element. */
  readonly before: number;
}

/**
 * One spatial dimension. SAME covers the input with ceil(size / stride) steps and pads the odd element behind;
 * VALID never leaves the input. Source: TFLite's ComputePaddingHeightWidth.
 */
export function slidingWindow(
  size: number,
  filter: number,
  stride: number,
  dilation: number,
  padding: Padding,
): Window {
  const extent = (filter - 1) * dilation + 1;
  if (padding === 'VALID') return { outputSize: Math.floor((size - extent) / stride) + 1, before: 0 };
  const outputSize = Math.ceil(size / stride);
  return { outputSize, before: Math.max(0, (outputSize - 1) * stride + extent - size) >> 1 };
}
