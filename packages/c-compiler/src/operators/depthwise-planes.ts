// DEPTHWISE_CONV_2D on int8 for the DSP extension: kernels/arm-dsp/depthwise-planes-s8.h.
import type { PatchGeometry } from '@wherry/graph';
import { planeByPlane } from '../access/orders.js';
import { array, input, output, settings, type KernelCall } from '../kernel-call.js';
import { slidingOf, type Filtering } from './filtering.js';
import { areSumsSmall, channelRecords, clampSettings } from './small-scales.js';

/** What a plane may take, in bytes and as a part of the image; beyond it, only the rows that a filter needs are widened. */
const mostAtOnce = { bytes: 512, part: 1 / 8 };

/** Undefined where the portable kernel has to do it. Filters [channels][H * W]. */
export function depthwisePlanes(g: PatchGeometry, filtering: Filtering): KernelCall | undefined {
  if ((g.dilationW > 1 && g.filterW > 1) || !areSumsSmall(filtering, filtering)) return undefined;
  const { channels, values, scaling, inputZeroPoint } = filtering;
  const { reachH, reachW } = slidingOf(g);
  // Words of two values are read from each place that a filter begins at, and for one that would stand behind the last.
  const planeW = 2 * Math.ceil(((g.outputW - 1) * g.strideW + reachW + 1) / 2);
  const bytes = Math.min(mostAtOnce.bytes, mostAtOnce.part * g.inputH * g.inputW * g.inputChannels);
  const band = Math.max(1, Math.min(g.outputH, Math.floor((bytes / (2 * planeW) - reachH) / g.strideH) + 1));
  const planeH = (band - 1) * g.strideH + reachH;
  const words = g.filterH * Math.ceil(g.filterW / 2);
  return {
    file: 'arm-dsp/depthwise-planes-s8',
    kernel: 'wherry_depthwise_planes_s8',
    arguments: [
      input(0),
      output(0),
      { is: 'scratch', bytes: 2 * planeH * planeW + 4 * words },
      array('weights', 'int8_t', values),
      channelRecords(filtering, 1),
      settings('settings', 'wherry_depthwise_planes', {
        batches: g.batches,
        input_h: g.inputH,
        input_w: g.inputW,
        input_c: g.inputChannels,
        output_h: g.outputH,
        output_w: g.outputW,
        depth_multiplier: channels / g.inputChannels,
        filter_h: g.filterH,
        filter_w: g.filterW,
        stride_h: g.strideH,
        stride_w: g.strideW,
        dilation_h: g.dilationH,
        top: g.top,
        left: g.left,
        input_zero_point: inputZeroPoint,
        band,
        reach_h: reachH,
        plane_w: planeW,
        ...clampSettings(scaling),
      }),
    ],
    access: planeByPlane(slidingOf(g), g.inputChannels, channels / g.inputChannels, band),
  };
}
