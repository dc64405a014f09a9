// What CONV_2D and DEPTHWISE_CONV_2D share of their definitions: attributes, what holds of them, and their names in TFLite.
import type { Requirement } from '../op-definition.js';
import type { FusedActivation } from './activation.js';
import { symmetricFilter } from './filter-rules.js';
import { patchGeometry, type ConvolutionAttributes } from './patches.js';

export interface ActivatedConvolution extends ConvolutionAttributes {
  readonly activation: FusedActivation;
}

export const convolutionDefaults: ActivatedConvolution = {
  padding: 'SAME',
  strideH: 1,
  strideW: 1,
  dilationH: 1,
  dilationW: 1,
  activation: 'NONE',
};

export const convolutionFields = {
  padding: 'padding',
  strideH: 'stride_h',
  strideW: 'stride_w',
  dilationH: 'dilation_h_factor',
  dilationW: 'dilation_w_factor',
  activation: 'fused_activation_function',
} as const;

export const stepsAreWhole: Requirement<ConvolutionAttributes> = {
  sentence: 'strides and dilations are at least 1',
  holds: ({ attributes: a }) => Math.min(a.strideH, a.strideW, a.dilationH, a.dilationW) >= 1,
};

/** After the rules on the shapes: it reads four dimensions of each. */
export const filterFits: readonly Requirement<ConvolutionAttributes>[] = [
  symmetricFilter,
  {
    sentence: 'the filter, dilated, fits into an unpadded input',
    holds: ({ inputs: [input, filter], attributes }) => {
      const geometry = patchGeometry(input!.shape, filter!.shape, attributes);
      return geometry.outputH > 0 && geometry.outputW > 0;
    },
  },
];
