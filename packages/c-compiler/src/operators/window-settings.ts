// How a filter slides, as the structures of kernels have it.
import type { PatchGeometry } from '@wherry/graph';
import type { SettingsValues } from '../kernel-call.js';

export function windowSettings(g: PatchGeometry): SettingsValues {
  return {
    batches: g.batches,
    input_h: g.inputH,
    input_w: g.inputW,
    input_c: g.inputChannels,
    output_h: g.outputH,
    output_w: g.outputW,
    filter_h: g.filterH,
    filter_w: g.filterW,
    stride_h: g.strideH,
    stride_w: g.strideW,
    dilation_h: g.dilationH,
    dilation_w: g.dilationW,
    top: g.top,
    left: g.left,
  };
}
