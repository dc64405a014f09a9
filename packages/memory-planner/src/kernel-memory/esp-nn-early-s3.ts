// What the ESP32-S3's convolutions ask for in ESP-NN 1.1.1 to 1.2.0, read from its *_scratch_size_esp32s3 functions.
// Where these versions differ among each other (16 bytes of alignment), the most is taken.
import { elementCount, type AppliedContext, type AttributesOf } from '@wherry/graph';
import { alignUp } from '../memory-target.js';
import { convolutionGeometry } from './convolution-geometry.js';

const alignment = 32;

export function earlyConvolutionScratch(call: AppliedContext<AttributesOf<'CONV_2D'>>): number {
  const g = convolutionGeometry(call);
  const { inputChannels: channels, outputChannels } = g;
  const padded = g.left !== 0 || g.top !== 0;
  if (g.filterW === 1 && g.filterH === 1 && !padded && g.strideW === 1 && g.strideH === 1) {
    const whole = alignUp(channels, 8);
    const transposed = g.inputW * g.inputH < 8 ? 0 : 2 * 8 * whole;
    const copied = channels % 8 === 0 ? 0 : g.inputW * g.inputH * whole;
    return copied + whole * outputChannels + transposed + alignment;
  }
  const input = padded ? (g.inputW + 2 * g.left) * (g.inputH + 2 * g.top) * channels : 0;
  return input + g.filterW * g.filterH * alignUp(channels, 16) * outputChannels + alignment + 4 * outputChannels;
}

export function earlyDepthwiseScratch(call: AppliedContext<AttributesOf<'DEPTHWISE_CONV_2D'>>): number {
  const g = convolutionGeometry(call);
  const channels = g.inputChannels;
  const multiplier = g.outputChannels / channels;
  const filterSize = elementCount(call.inputs[1]!.shape);
  const sixteenBits = 2 * (filterSize + g.inputW * g.inputH * channels) + alignment;
  if (multiplier === 1 && channels % 8 === 0 && g.filterW === 3 && g.filterH === 3) {
    if (channels % 16 !== 0) return sixteenBits;
    const padded = g.left !== 0 || g.top !== 0;
    const padW = padded ? 2 * g.left : g.outputW * g.strideW + g.filterW - 1 - g.inputW;
    const padH = padded ? 2 * g.top : g.outputH * g.strideH + g.filterH - 1 - g.inputH;
    const input = padW === 0 && padH === 0 ? 0 : (g.inputW + padW) * (g.inputH + padH) * channels;
    return filterSize + input + 16;
  }
  return multiplier % 4 === 0 ? sixteenBits : alignment;
}
