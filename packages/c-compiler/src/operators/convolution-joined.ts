// CONV_2D and FULLY_CONNECTED on int8 for cores that multiply 32 bits at once: kernels/mul32/.
import type { PatchGeometry } from '@wherry/graph';
import { pairByPair, pixelByPixel } from '../access/orders.js';
import { array, input, output, settings, type KernelCall } from '../kernel-call.js';
import { inBlocks } from './blocks.js';
import { isDense, slidingOf, type Filtering } from './filtering.js';
import { areSumsSmall, biasesAndScales, boundSettings, channelRecords, type Filters } from './small-scales.js';

/** Undefined where the portable kernel has to do it. */
export function joinedConvolution(g: PatchGeometry, filtering: Filtering): KernelCall | undefined {
  const { channels, length, scaling } = filtering;
  if (g.groupChannels !== g.inputChannels || !areSumsSmall(filtering, filtering)) return undefined;
  if (isDense(g)) return denseInBlocks(g, filtering);
  if (!canJoin(filtering)) return undefined;
  const steps = Math.ceil(length / 2);
  return {
    file: 'mul32/conv-2d-joined-s8',
    kernel: 'wherry_conv_2d_joined_s8',
    arguments: [
      input(0),
      output(0),
      { is: 'scratch', bytes: 8 * steps },
      array('weights', 'int8_t', inSteps(filtering)),
      channelRecords(filtering, 1),
      settings('settings', 'wherry_conv_2d_joined', {
        batches: g.batches,
        input_h: g.inputH,
        input_w: g.inputW,
        input_c: g.inputChannels,
        output_h: g.outputH,
        output_w: g.outputW,
        output_c: channels,
        filter_h: g.filterH,
        filter_w: g.filterW,
        stride_h: g.strideH,
        stride_w: g.strideW,
        dilation_h: g.dilationH,
        dilation_w: g.dilationW,
        top: g.top,
        left: g.left,
        input_zero_point: filtering.inputZeroPoint,
        steps,
        ...boundSettings(scaling),
      }),
    ],
    access: pairByPair(slidingOf(g), g.inputChannels, channels),
  };
}

/** One pixel that the filters cover whole. */
function denseInBlocks(g: PatchGeometry, filtering: Filtering): KernelCall {
  const { channels, length, values, scaling } = filtering;
  const { bias, scales, apart } = biasesAndScales(filtering, 1);
  return {
    file: 'mul32/dense-blocks-s8',
    kernel: 'wherry_dense_blocks_s8',
    arguments: [
      input(0),
      output(0),
      array('weights', 'int8_t', inBlocks(values, channels, length)),
      bias,
      scales,
      settings('settings', 'wherry_dense_blocks', {
        depth: length,
        output_c: channels,
        scales_apart: apart,
        ...boundSettings(scaling),
      }),
    ],
    access: pixelByPixel(slidingOf(g), g.inputChannels, channels),
  };
}

/** Whether the products of two values are an integer of 16 bits: only -128 twice, times -128, is beyond. */
function canJoin({ values, channels, length }: Filters): boolean {
  for (let channel = 0; channel < channels; channel++)
    for (let k = 0; k + 1 < length; k += 2)
      if (values[channel * length + k] === -128 && values[channel * length + k + 1] === -128) return false;
  return true;
}

/** Weights of two values behind each other, of four channels side by side as far as they go; zeros behind an odd length. */
function inSteps({ values, channels, length }: Filters): Int8Array {
  const even = length + (length % 2);
  const packed = new Int8Array(channels * even);
  const inFours = channels - (channels % 4);
  for (let channel = 0; channel < channels; channel++) {
    const [first, apart] = channel < inFours ? [channel - (channel % 4), 4] : [channel, 1];
    for (let k = 0; k < length; k++) {
      const step = Math.floor(k / 2);
      packed[first * even + (step * apart + channel - first) * 2 + (k % 2)] = values[channel * length + k]!;
    }
  }
  return packed;
}
