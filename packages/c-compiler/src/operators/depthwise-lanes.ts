// DEPTHWISE_CONV_2D on int8 for the vector unit of Armv8.1-M: kernels/arm-mve/depthwise-lanes-s8.h.
import type { PatchGeometry } from '@wherry/graph';
import { pixelByPixel } from '../access/orders.js';
import { array, input, output, settings, type KernelCall } from '../kernel-call.js';
import { slidingOf, type Filtering } from './filtering.js';
import { windowSettings } from './window-settings.js';

/** Undefined where the portable kernel has to do it. `weights`: [H][W][channels], as the vector unit reads them. */
export function depthwiseLanes(g: PatchGeometry, filtering: Filtering, weights: Int8Array): KernelCall | undefined {
  const { channels, length, bias, scaling, inputZeroPoint } = filtering;
  if (channels !== g.inputChannels || scaling.to.shifts_down === 0) return undefined;
  return {
    file: 'arm-mve/depthwise-lanes-s8',
    kernel: 'wherry_depthwise_lanes_s8',
    arguments: [
      input(0),
      output(0),
      { is: 'pointers', count: length },
      array('padding', 'int8_t', new Int8Array(g.inputChannels).fill(inputZeroPoint)),
      array('weights', 'int8_t', weights),
      bias,
      scaling.multipliers,
      scaling.shifts,
      settings('settings', 'wherry_depthwise_conv_2d', { ...windowSettings(g), depth_multiplier: 1, to: scaling.to }),
    ],
    access: pixelByPixel(slidingOf(g), g.inputChannels, channels),
  };
}
