// The padding of a convolution as TensorFlow.js is to be told it.
import { patchGeometry, type ConvolutionAttributes, type Shape } from '@wherry/graph';
import type * as Tfjs from '@tensorflow/tfjs-core';

export interface TfjsPadding {
  readonly pad: 'same' | 'valid';
  /** What is to be put around the input before. */
  readonly before?: readonly [[number, number], [number, number], [number, number], [number, number]];
}

/**
 * With steps longer than the filter SAME may have less than nothing to pad along a dimension. The wasm kernels then compute
 * nothing and give zeros, so the input is padded before; a dimension without any is what VALID would make of it. As an operator
 * of its own, since the native engine takes no padding in numbers.
 */
export function paddingOf(attributes: ConvolutionAttributes, input: Shape, filter: Shape): TfjsPadding {
  if (attributes.padding === 'VALID') return { pad: 'valid' };
  const g = patchGeometry(input, filter, attributes);
  const missingH = (g.outputH - 1) * g.strideH + (g.filterH - 1) * g.dilationH + 1 - g.inputH;
  const missingW = (g.outputW - 1) * g.strideW + (g.filterW - 1) * g.dilationW + 1 - g.inputW;
  if (missingH >= 0 && missingW >= 0) return { pad: 'same' };
  if (missingH <= 0 && missingW <= 0) return { pad: 'valid' };
  return { pad: 'valid', before: [[0, 0], around(missingH), around(missingW), [0, 0]] };
}

function around(missing: number): [number, number] {
  const total = Math.max(0, missing);
  return [total >> 1, total - (total >> 1)];
}

export function padded(tf: typeof Tfjs, input: Tfjs.Tensor4D, { before }: TfjsPadding): Tfjs.Tensor4D {
  return before === undefined ? input : tf.pad(input, [...before]);
}
