// CONV_2D and FULLY_CONNECTED on int8 for the vector unit of Armv8.1-M: kernels/arm-mve/conv-2d-rows-s8.h.
import type { PatchGeometry } from '@wherry/graph';
import { pixelByPixel } from '../access/orders.js';
import { array, input, output, settings, type KernelCall } from '../kernel-call.js';
import { slidingOf, type Filtering } from './filtering.js';

/** Undefined where the portable kernel has to do it. */
export function convolutionInRows(g: PatchGeometry, filtering: Filtering): KernelCall | undefined {
  const { channels, length, values, bias, scaling, inputZeroPoint } = filtering;
  if (g.groupChannels !== g.inputChannels || (g.dilationW > 1 && g.filterW > 1)) return undefined;
  if (scaling.to.shifts_down === 0) return undefined;
  const { reachH, reachW } = slidingOf(g);
  const behind = (g.outputH - 1) * g.strideH - g.top + reachH > g.inputH;
  const beside = (g.outputW - 1) * g.strideW - g.left + reachW > g.inputW;
  const inPlace = g.filterH * g.filterW === 1 && g.top === 0 && g.left === 0 && !behind && !beside;
  return {
    file: 'arm-mve/conv-2d-rows-s8',
    kernel: 'wherry_conv_2d_rows_s8',
    arguments: [
      input(0),
      output(0),
      { is: 'scratch', bytes: inPlace ? 0 : length },
      array('weights', 'int8_t', inPieces(values, channels, length)),
      bias,
      scaling.multipliers,
      scaling.shifts,
      settings('settings', 'wherry_conv_2d_rows', {
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
        input_zero_point: inputZeroPoint,
        in_place: Number(inPlace),
        to: scaling.to,
      }),
    ],
    access: pixelByPixel(slidingOf(g), g.inputChannels, channels),
  };
}

/** Filters [channels, `length`]: of four and four pieces of sixteen side by side, zeros behind the last; then those that are left. */
function inPieces(values: Int8Array, channels: number, length: number): Int8Array {
  const inFours = channels - (channels % 4);
  const pieces = Math.ceil(length / 16);
  const packed = new Int8Array(inFours * pieces * 16 + (channels % 4) * length);
  for (let channel = 0; channel < inFours; channel++)
    for (let k = 0; k < length; k++) {
      const piece = (Math.floor(channel / 4) * pieces + Math.floor(k / 16)) * 4 + (channel % 4);
      packed[piece * 16 + (k % 16)] = values[channel * length + k]!;
    }
  packed.set(values.subarray(inFours * length), inFours * pieces * 16);
  return packed;
}
