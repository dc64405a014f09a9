// CONV_2D and FULLY_CONNECTED on int8.
import { patchGeometry, type FusedActivation, type PatchGeometry, type Tensor } from '@wherry/graph';
import { pixelByPixel } from '../access/orders.js';
import { array, input, output, settings, type ArrayArgument, type KernelCall } from '../kernel-call.js';
import { areInt8, zeroPointOf, type OperatorContext } from '../operator-context.js';
import type { KernelVariant } from '../kernel-variant.js';
import { inBlocks } from './blocks.js';
import { joinedConvolution } from './convolution-joined.js';
import { pairedConvolution } from './convolution-pairs.js';
import { convolutionInRows } from './convolution-rows.js';
import { areConstants, filteringOf, slidingOf, type FilterOperands, type Filtering } from './filtering.js';
import { inNibbleBlocks, inQuads } from './nibbles.js';

export function convolution(context: OperatorContext<'CONV_2D'>): readonly KernelCall[] | undefined {
  const { inputs, outputs, node } = context;
  const [source, weights, bias] = inputs as [Tensor, Tensor, Tensor | undefined];
  if (!areInt8(context, [0]) || !areConstants(weights, bias)) return undefined;
  const geometry = patchGeometry(source.shape, weights.shape, node.attributes);
  const operands = { source, weights, bias, output: outputs[0]! };
  return [convolutionCall(context, geometry, operands, node.attributes.activation)];
}

/** A dense layer is a convolution of one pixel for each vector. */
export function dense(context: OperatorContext<'FULLY_CONNECTED'>): readonly KernelCall[] | undefined {
  const { inputs, outputs, node } = context;
  const [source, weights, bias] = inputs as [Tensor, Tensor, Tensor | undefined];
  if (!areInt8(context, [0]) || !areConstants(weights, bias)) return undefined;
  // Of one scale, they may have a zero point, which no kernel here takes off.
  if (weights.quantization!.scale.length === 1 && zeroPointOf(weights) !== 0) return undefined;
  const [units, depth] = weights.shape as [number, number];
  const vectors = source.shape.reduce((product, size) => product * size, 1) / depth;
  const plain = { padding: 'VALID', strideH: 1, strideW: 1, dilationH: 1, dilationW: 1 } as const;
  const geometry = patchGeometry([1, vectors, 1, depth], [units, 1, 1, depth], plain);
  const operands = { source, weights, bias, output: outputs[0]! };
  return [convolutionCall(context, geometry, operands, node.attributes.activation)];
}

/** What each variant has; undefined where the portable kernel has to do it. */
const special: { readonly [V in KernelVariant]: (g: PatchGeometry, filtering: Filtering) => KernelCall | undefined } = {
  portable: () => undefined,
  'arm-dsp': pairedConvolution,
  'arm-mve': convolutionInRows,
  mul32: joinedConvolution,
};

function convolutionCall(
  { variant }: Pick<OperatorContext, 'variant'>,
  g: PatchGeometry,
  operands: FilterOperands,
  activation: FusedActivation,
): KernelCall {
  const filtering = filteringOf(operands, activation);
  const call = filtering.areNibbles ? undefined : special[variant](g, filtering);
  return call ?? pixelConvolution(g, filtering, variant);
}

/** Channels of a pixel are computed one group after the other, by kernels that differ in how weights are stored. */
function pixelConvolution(g: PatchGeometry, filtering: Filtering, variant: KernelVariant): KernelCall {
  const { channels, length, bias, scaling, inputZeroPoint } = filtering;
  const groups = g.inputChannels / g.groupChannels;
  const { weights, ...kernel } = storedWeights(g, filtering, variant);
  return {
    ...kernel,
    arguments: [
      input(0),
      output(0),
      { is: 'scratch', bytes: needsPatch(g, groups) ? length : 0 },
      weights,
      bias,
      scaling.multipliers,
      scaling.shifts,
      settings('settings', 'wherry_conv_2d', {
        batches: g.batches,
        input_h: g.inputH,
        input_w: g.inputW,
        input_c: g.inputChannels,
        output_h: g.outputH,
        output_w: g.outputW,
        output_c: channels,
        filter_h: g.filterH,
        filter_w: g.filterW,
        groups,
        stride_h: g.strideH,
        stride_w: g.strideW,
        dilation_h: g.dilationH,
        dilation_w: g.dilationW,
        top: g.top,
        left: g.left,
        input_zero_point: inputZeroPoint,
        to: scaling.to,
      }),
    ],
    access: pixelByPixel(slidingOf(g), g.inputChannels, channels),
  };
}

type StoredWeights = Pick<KernelCall, 'file' | 'kernel'> & { readonly weights: ArrayArgument };

function storedWeights(
  { inputChannels, groupChannels, filterH }: PatchGeometry,
  { channels, length, values, areNibbles }: Filtering,
  variant: KernelVariant,
): StoredWeights {
  const groupFilters = (channels * groupChannels) / inputChannels;
  if (!areNibbles) {
    const weights = array('weights', 'int8_t', inBlocks(values, groupFilters, length));
    return { file: 'conv-2d-s8', kernel: 'wherry_conv_2d_s8', weights };
  }
  // A core with vectors has the instructions of the DSP extension, too.
  if (variant === 'arm-dsp' || variant === 'arm-mve') {
    const weights = array('weights', 'int32_t', inQuads(values, groupFilters, filterH, length / filterH));
    return { file: 'arm-dsp/conv-2d-quads-s4', kernel: 'wherry_conv_2d_quads_s4', weights };
  }
  const weights = array('weights', 'uint16_t', inNibbleBlocks(values, groupFilters, length));
  return { file: 'conv-2d-s4', kernel: 'wherry_conv_2d_s4', weights };
}

/** Some patch is not to be read where it lies: part of it is padding, or its values do not lie in runs. */
function needsPatch(g: PatchGeometry, groups: number): boolean {
  const { reachH, reachW } = slidingOf(g);
  const below = (g.outputH - 1) * g.strideH - g.top + reachH > g.inputH;
  const behind = (g.outputW - 1) * g.strideW - g.left + reachW > g.inputW;
  return groups > 1 || (g.dilationW > 1 && g.filterW > 1) || g.top > 0 || g.left > 0 || below || behind;
}
