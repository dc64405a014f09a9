// DEPTHWISE_CONV_2D on int8 for any core: kernels/portable/depthwise-channels.h.
import type { PatchGeometry } from '@wherry/graph';
import { planeByPlane } from '../access/orders.js';
import { array, input, output, settings, type KernelCall } from '../kernel-call.js';
import { slidingOf, type Filtering } from './filtering.js';
import { inNibbles } from './nibbles.js';
import { areSumsSmall } from './small-scales.js';
import { windowSettings } from './window-settings.js';

/** WHERRY_PLANE_H there. */
const leastRows = 16;

/** Filters [channels][H * W]. */
export function depthwiseChannels(g: PatchGeometry, filtering: Filtering): KernelCall {
  const { channels, length, values, areNibbles, bias, scaling, inputZeroPoint } = filtering;
  const form = areNibbles ? 's4' : 's8';
  const { reachH, reachW } = slidingOf(g);
  const planeW = (g.outputW - 1) * g.strideW + reachW;
  const planeH = Math.max(leastRows, reachH);
  const band = Math.min(g.outputH, Math.floor((planeH - reachH) / g.strideH) + 1);
  const is3x3 = g.filterH === 3 && g.filterW === 3 && g.dilationH === 1 && g.dilationW === 1;
  return {
    file: `depthwise-channels-${form}`,
    kernel: `wherry_depthwise_channels_${form}`,
    arguments: [
      input(0),
      output(0),
      { is: 'scratch', bytes: planeH * planeW + (areNibbles ? length : 0) },
      areNibbles ? array('weights', 'uint16_t', inNibbles(values)) : array('weights', 'int8_t', values),
      bias,
      scaling.multipliers,
      scaling.shifts,
      settings('settings', 'wherry_depthwise_channels', {
        ...windowSettings(g),
        depth_multiplier: channels / g.inputChannels,
        input_zero_point: inputZeroPoint,
        band,
        reach_h: reachH,
        plane_w: planeW,
        plane_h: planeH,
        is_3x3: Number(is3x3 && areSumsSmall(filtering, filtering)),
        to: scaling.to,
      }),
    ],
    access: planeByPlane(slidingOf(g), g.inputChannels, channels / g.inputChannels, band),
  };
}
