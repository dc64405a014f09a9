// CONV_2D and FULLY_CONNECTED on int8 for the DSP extension: kernels/arm-dsp/.
import type { PatchGeometry } from '@wherry/graph';
import { pairByPair, pixelByPixel } from '../access/orders.js';
import { array, input, output, settings, type KernelCall } from '../kernel-call.js';
import { isDense, slidingOf, type Filtering } from './filtering.js';
import { canPair, fewestRows, pairedWeights } from './pairs.js';
import { biasesAndScales, channelRecords, clampSettings } from './small-scales.js';

/** Undefined where the portable kernel has to do it. */
export function pairedConvolution(g: PatchGeometry, filtering: Filtering): KernelCall | undefined {
  const { channels, scaling } = filtering;
  if (g.groupChannels !== g.inputChannels || (g.dilationW > 1 && g.filterW > 1)) return undefined;
  if (!canPair(filtering, filtering)) return undefined;
  if (isDense(g)) return pairedDense(g, filtering);
  const cut = fewestRows(filtering, 8);
  const gathers = g.inputChannels % 4 !== 0;
  const values = cut.rows * cut.run;
  return {
    file: 'arm-dsp/conv-2d-pairs-s8',
    kernel: 'wherry_conv_2d_pairs_s8',
    arguments: [
      input(0),
      output(0),
      { is: 'scratch', bytes: (gathers ? 5 : 4) * values },
      array('weights', 'int32_t', pairedWeights(filtering, cut, 1)),
      channelRecords(filtering, 2),
      settings('settings', 'wherry_conv_2d_pairs', {
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
        top: g.top,
        left: g.left,
        input_zero_point: filtering.inputZeroPoint,
        ...cut,
        gathers: Number(gathers),
        ...clampSettings(scaling),
      }),
    ],
    access: pairByPair(slidingOf(g), g.inputChannels, channels),
  };
}

/** One pixel that the filters cover whole. */
function pairedDense(g: PatchGeometry, filtering: Filtering): KernelCall {
  const { channels, length, scaling } = filtering;
  const cut = fewestRows(filtering, 4);
  const { bias, scales, apart } = biasesAndScales(filtering, 4);
  return {
    file: 'arm-dsp/dense-pairs-s8',
    kernel: 'wherry_dense_pairs_s8',
    arguments: [
      input(0),
      output(0),
      array('weights', 'int32_t', pairedWeights(filtering, cut, 2)),
      bias,
      scales,
      settings('settings', 'wherry_dense_pairs', {
        depth: length,
        output_c: channels,
        scales_apart: apart,
        ...cut,
        ...clampSettings(scaling),
      }),
    ],
    access: pixelByPixel(slidingOf(g), g.inputChannels, channels),
  };
}
