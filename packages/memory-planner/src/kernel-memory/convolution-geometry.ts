// The sizes of a 2-D convolution that kernels choose their routine, and its scratch, by.
import { slidingWindow, type AppliedContext, type Padding } from '@wherry/graph';

interface ConvolutionAttributes {
  readonly padding: Padding;
  readonly strideH: number;
  readonly strideW: number;
  readonly dilationH: number;
  readonly dilationW: number;
}

export interface ConvolutionGeometry extends ConvolutionAttributes {
  readonly batches: number;
  readonly inputH: number;
  readonly inputW: number;
  readonly inputChannels: number;
  readonly filterH: number;
  readonly filterW: number;
  /** Channels that one filter sees. */
  readonly filterChannels: number;
  readonly outputH: number;
  readonly outputW: number;
  readonly outputChannels: number;
  /** Rows and columns of padding before the input. */
  readonly top: number;
  readonly left: number;
}

export function convolutionGeometry(call: AppliedContext<ConvolutionAttributes>): ConvolutionGeometry {
  const {
    attributes: { padding, strideH, strideW, dilationH, dilationW },
    inputs: [input, filter],
    outputs: [output],
  } = call;
  const [batches, inputH, inputW, inputChannels] = input!.shape as [number, number, number, number];
  const [, filterH, filterW, filterChannels] = filter!.shape as [number, number, number, number];
  const [, outputH, outputW, outputChannels] = output!.shape as [number, number, number, number];
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
    filterChannels,
    outputH,
    outputW,
    outputChannels,
    top: slidingWindow(inputH, filterH, strideH, dilationH, padding).before,
    left: slidingWindow(inputW, filterW, strideW, dilationW, padding).before,
  };
}
