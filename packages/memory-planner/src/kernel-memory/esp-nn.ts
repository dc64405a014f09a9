// Where the ESP-NN kernels of Espressif's TensorFlow Lite Micro differ from the reference ones in what they take.
// Read from the component's kernels/esp_nn (1.3.4 to 1.4.0) and from ESP-NN's *_scratch_size functions (1.1.1 to 1.2.3).
import { elementCount, type AppliedContext, type AttributesOf } from '@wherry/graph';
import { alignUp } from '../memory-target.js';
import { convolutionGeometry, type ConvolutionGeometry } from './convolution-geometry.js';
import { earlyConvolutionScratch, earlyDepthwiseScratch } from './esp-nn-early-s3.js';
import { struct } from './kernel-memory.js';
import { referenceKernels } from './reference.js';

/**
 * `generic`: C written for speed (ESP32, ESP32-C3), which asks for the same in every version; `s3`: the vector
 * instructions of the ESP32-S3 from version 1.2.1 on; `s3-1.1`: those of the versions before, from 1.1.1 on.
 */
export type EspVariant = 'generic' | 's3' | 's3-1.1';

/** Scratch of the two convolutions with int8 activations. */
interface ConvolutionScratch {
  readonly convolution: (call: Conv) => number;
  readonly depthwise: (call: DepthwiseConv) => number;
}

const none = (): number => 0;
const scratchOf: { readonly [V in EspVariant]: ConvolutionScratch } = {
  generic: { convolution: none, depthwise: none },
  s3: { convolution: convolutionScratch, depthwise: depthwiseScratch },
  's3-1.1': { convolution: earlyConvolutionScratch, depthwise: earlyDepthwiseScratch },
};

type Conv = AppliedContext<AttributesOf<'CONV_2D'>>;
type DepthwiseConv = AppliedContext<AttributesOf<'DEPTHWISE_CONV_2D'>>;

const convolutionState = struct([88, 8], [60, 4]);

export function espNnKernels(variant: EspVariant): typeof referenceKernels {
  const scratch = scratchOf[variant];
  const { CONV_2D: conv, DEPTHWISE_CONV_2D: depthwise, SOFTMAX: softmax } = referenceKernels;
  return {
    ...referenceKernels,
    CONV_2D: {
      ...conv,
      state: convolutionState,
      prepare: (call) => withScratch(conv.prepare(call), isByte(call) ? scratch.convolution(call) : 0),
    },
    DEPTHWISE_CONV_2D: {
      ...depthwise,
      state: convolutionState,
      prepare: (call) => withScratch(depthwise.prepare(call), isByte(call) ? scratch.depthwise(call) : 0),
    },
    SOFTMAX: {
      ...softmax,
      state: struct([88, 8], [64, 8]),
      prepare: (call) =>
        withScratch(
          softmax.prepare(call),
          isByte(call) && call.outputs[0]!.dtype === 'int8' ? softmaxScratch(call.inputs[0]!.shape) : 0,
        ),
    },
  };
}

/**
 * Four bytes per element of a row. The kernel asks by dimension 1, whatever the rank is: where that is too little, the
 * kernel table has the graph rewritten (device-profiles/runtimes/tflm-esp-nn.json, avoid), so that no plan relies on it.
 */
function softmaxScratch(shape: readonly number[]): number {
  return 4 * Math.max(shape.at(1) ?? 0, shape.at(-1) ?? 1);
}

function isByte({ inputs: [input] }: AppliedContext<object>): boolean {
  return input!.dtype === 'int8';
}

function withScratch(
  prepared: ReturnType<(typeof referenceKernels)['SOFTMAX']['prepare']>,
  bytes: number,
): typeof prepared {
  return bytes > 0 ? { ...prepared, scratch: [...(prepared.scratch ?? []), bytes] } : prepared;
}

/** Bytes that the assembly may touch beyond what it was given, alignment included. */
const assemblyMargin = 64;

/** esp_nn_get_conv_scratch_size_esp32s3. */
function convolutionScratch(call: Conv): number {
  const g = convolutionGeometry(call);
  const { inputChannels: channels, outputChannels } = g;
  if (g.filterW === 1 && g.filterH === 1 && g.left === 0 && g.top === 0 && g.strideW === 1 && g.strideH === 1) {
    const padded = alignUp(channels, 8);
    const transposed = g.inputW * g.inputH < 8 ? 0 : 2 * 8 * padded;
    const copied = channels % 8 === 0 ? 0 : g.inputW * g.inputH * padded;
    return copied + padded * outputChannels + transposed + assemblyMargin;
  }
  const row = g.filterW * channels;
  const column = row * g.filterH;
  if (row < 16 && column >= 16) {
    return 4 * outputChannels + 16 + (outputChannels + 1) * alignUp(column, 16) + 16 + assemblyMargin;
  }
  const paddedInput = g.left === 0 && g.top === 0 ? 0 : (g.inputW + 2 * g.left) * (g.inputH + 2 * g.top) * channels;
  const filterCopy = g.filterW * g.filterH * alignUp(channels, 16) * outputChannels;
  const alignedFilter = alignUp(row, 16) * g.filterH * outputChannels;
  return paddedInput + filterCopy + alignedFilter + overhang(g) + assemblyMargin + 4 * outputChannels;
}

/** The input with the rows and columns that the last windows reach beyond it. */
function overhang(g: ConvolutionGeometry): number {
  const { right, bottom } = reach(g);
  return right > 0 || bottom > 0
    ? (g.inputW + Math.max(0, right)) * (g.inputH + Math.max(0, bottom)) * g.inputChannels
    : 0;
}

function reach(g: ConvolutionGeometry): { readonly right: number; readonly bottom: number } {
  return {
    right: g.outputW * g.strideW + g.filterW - 1 - g.inputW,
    bottom: g.outputH * g.strideH + g.filterH - 1 - g.inputH,
  };
}

/** Largest padded input, and largest 16-bit copy of filter and input, that are not cut into strips. */
const wholeInputBytes = 40 * 1024;
const wholeCopyBytes = 48 * 1024;

/** esp_nn_get_depthwise_conv_scratch_size_esp32s3. */
function depthwiseScratch(call: DepthwiseConv): number {
  const g = convolutionGeometry(call);
  const channels = g.inputChannels;
  const multiplier = g.outputChannels / channels;
  const filterSize = elementCount(call.inputs[1]!.shape);
  const inputSize = g.inputW * g.inputH * channels;
  if (multiplier === 1 && channels % 8 === 0) {
    if (g.filterW !== 3 || g.filterH !== 3) {
      const copies = 2 * (filterSize + inputSize);
      return 32 + (copies <= wholeCopyBytes ? copies : 2 * filterSize + 2 * g.inputW * g.filterH * channels);
    }
    if (channels % 16 === 0) return filterSize + 16 + paddedStrip(g);
    return channels >= 12 ? paddedChannels(g) : 2 * (filterSize + inputSize) + 32;
  }
  if (multiplier === 1 && channels > 3) return sixteenBitCopies(g);
  return multiplier % 4 === 0 ? 2 * (filterSize + inputSize) + 32 : 32;
}

/** 3x3 over whole vectors of channels: the padded input, or as many rows of it as the filter has. */
function paddedStrip(g: ConvolutionGeometry): number {
  const { right, bottom } = reach(g);
  const padded = g.left !== 0 || g.top !== 0;
  const [padW, padH] = padded ? [2 * g.left, 2 * g.top] : [right, bottom];
  if (padW === 0 && padH === 0) return 0;
  const whole = (g.inputW + padW) * (g.inputH + padH) * g.inputChannels;
  return whole <= wholeInputBytes ? whole : (g.inputW + padW) * g.filterH * g.inputChannels;
}

/** 3x3 with channels padded to whole vectors: filter, input and output are copied. */
function paddedChannels(g: ConvolutionGeometry): number {
  const channels = alignUp(g.inputChannels, 16);
  const { right, bottom } = reach(g);
  const inputSize =
    (g.inputW + 2 * g.left + Math.max(0, right)) * (g.inputH + 2 * g.top + Math.max(0, bottom)) * channels;
  return 9 * channels + inputSize + g.outputW * g.outputH * channels + 64;
}

/** Channels padded to eight; 16-bit filter and input, output, bias, shifts and multipliers, each on 16 bytes. */
function sixteenBitCopies(g: ConvolutionGeometry): number {
  const channels = alignUp(g.inputChannels, 8);
  const input = alignUp(2 * g.filterW * g.filterH * channels, 16);
  const output = alignUp(input + 2 * g.inputW * g.inputH * channels, 16);
  const bias = alignUp(output + g.outputW * g.outputH * channels, 16);
  return bias + 3 * 4 * channels + 16;
}
