// Where the CMSIS-NN kernels of TensorFlow Lite Micro differ from the reference ones in what they take from the arena.
// Read from kernels/cmsis_nn and from CMSIS-NN's *_get_buffer_size functions, built by GCC.
import { elementCount, type AppliedContext, type AttributesOf, type OperandSpec } from '@wherry/graph';
import { alignUp } from '../memory-target.js';
import { convolutionGeometry, type ConvolutionGeometry } from './convolution-geometry.js';
import { struct, type KernelMemory, type PrepareMemory } from './kernel-memory.js';
import {
  denseTables,
  matrixProduct,
  operands,
  referenceKernels,
  softmaxTables,
  transposeConvolution,
  unpackedFilter,
} from './reference.js';

/** `plain`: no vector unit (Cortex-M0+, M3); `dsp`: Cortex-M4, M7, M33; `mve`: Helium (Cortex-M55, M85). */
export type CmsisVariant = 'plain' | 'dsp' | 'mve';

type Conv = AppliedContext<AttributesOf<'CONV_2D'>>;
type DepthwiseConv = AppliedContext<AttributesOf<'DEPTHWISE_CONV_2D'>>;

const convolutionState = struct([88, 8], [60, 4]);

export function cmsisNnKernels(variant: CmsisVariant): typeof referenceKernels {
  return {
    ...referenceKernels,
    CONV_2D: {
      ...referenceKernels.CONV_2D,
      state: convolutionState,
      prepare: (call) => prepareConvolution(call, 0, convolutionScratch(call, variant)),
    },
    DEPTHWISE_CONV_2D: {
      ...referenceKernels.DEPTHWISE_CONV_2D,
      state: convolutionState,
      prepare: (call) => prepareConvolution(call, 3, depthwiseScratch(call, variant)),
    },
    FULLY_CONNECTED: {
      ...referenceKernels.FULLY_CONNECTED,
      state: struct([120, 8], [72, 4]),
      prepare: (call) => prepareDense(call, variant),
    },
    AVERAGE_POOL_2D: {
      ...pool(referenceKernels.AVERAGE_POOL_2D),
      prepare: (call) => prepareAveragePool(call, variant),
    },
    MAX_POOL_2D: pool(referenceKernels.MAX_POOL_2D),
    BATCH_MATMUL: {
      ...referenceKernels.BATCH_MATMUL,
      state: struct([56, 8], [36, 4]),
      prepare: (call) => ({ ...matrixProduct(call), scratch: productScratch(call, variant) }),
    },
    TRANSPOSE_CONV: {
      ...referenceKernels.TRANSPOSE_CONV,
      prepare: (call) => transposeConvolution(call, transposeScratch(call, variant)),
    },
    SOFTMAX: {
      ...referenceKernels.SOFTMAX,
      state: struct([88, 8], [64, 8]),
      prepare: (call) => ({ opened: operands(call), persistent: softmaxTables(call) }),
    },
  };
}

function pool<A>(kernel: KernelMemory<A>): KernelMemory<A> {
  return { ...kernel, state: struct([36, 4]) };
}

function prepareConvolution(call: AppliedContext<object>, channelAxis: number, scratchBytes: number): PrepareMemory {
  const {
    inputs: [input, filter],
    outputs: [output],
  } = call;
  const tableBytes = 4 * filter!.shape[channelAxis]!;
  return {
    opened: [input, filter, output, ...operands(call)],
    persistent: input!.dtype === 'float32' ? [] : [tableBytes, tableBytes],
    scratch: scratchBytes > 0 ? [scratchBytes] : [],
  };
}

function convolutionScratch(call: Conv, variant: CmsisVariant): number {
  const {
    inputs: [input, , bias],
  } = call;
  const g = convolutionGeometry(call);
  const columnLength = g.filterH * g.filterW * g.inputChannels;
  if (input!.dtype === 'int16' && (bias === undefined || bias.dtype === 'int64')) {
    return variant === 'mve' ? 2 * 4 * alignUp(columnLength, 8) : 2 * 2 * columnLength;
  }
  if (input!.dtype !== 'int8') return 0;
  return byteConvolutionScratch(g, variant);
}

/** arm_convolve_wrapper_s8_get_buffer_size. */
function byteConvolutionScratch(g: ConvolutionGeometry, variant: CmsisVariant): number {
  const columnLength = g.filterH * g.filterW * g.inputChannels;
  const undilated = g.dilationH === 1 && g.dilationW === 1;
  const whole = g.filterChannels === g.inputChannels;
  if (whole && g.filterH === 1 && g.filterW === 1 && g.top === 0 && g.left === 0 && undilated) return 0;
  // Two im2col columns of 16-bit values, or four of bytes in whole vectors.
  if (variant !== 'mve') return 2 * 2 * alignUp(columnLength, 4);
  const singleRow =
    g.inputH === 1 && g.filterH === 1 && g.dilationW === 1 && whole && (g.strideW * g.inputChannels) % 4 === 0;
  return (singleRow ? rowScratch(g) : undefined) ?? 4 * alignUp(columnLength, 16);
}

/** One padded row of a 1 x n filter; undefined where the row is shorter than its padded ends. */
function rowScratch(g: ConvolutionGeometry): number | undefined {
  const odd = ((g.outputW - 1) * g.strideW + g.filterW - g.inputW) % 2;
  const steps = (padding: number): number => Math.max(1, Math.trunc((padding + g.strideW - 1) / g.strideW));
  const right = g.left + odd !== 0 ? steps(g.left + odd) : 0;
  const left = g.left !== 0 ? steps(g.left) : 0;
  if (right + left > g.outputW) return undefined;
  const leftBytes = (g.filterW + g.left) * g.inputChannels;
  const rightBytes = (g.filterW - 1 + (odd !== 0 ? right : g.left)) * g.inputChannels;
  return Math.max(leftBytes, rightBytes);
}

/** arm_depthwise_conv_wrapper_s8_get_buffer_size. */
function depthwiseScratch(call: DepthwiseConv, variant: CmsisVariant): number {
  if (call.inputs[0]!.dtype !== 'int8') return 0;
  const g = convolutionGeometry(call);
  if (variant === 'mve' && g.inputChannels === 1 && g.outputChannels > 1) {
    return byteConvolutionScratch({ ...g, filterChannels: 1 }, variant) + g.outputChannels * g.filterH * g.filterW;
  }
  if (g.inputChannels !== g.outputChannels || g.batches !== 1 || g.dilationH !== 1 || g.dilationW !== 1) return 0;
  if (variant === 'plain') return 0;
  if (variant === 'mve') return 4 * 124 * g.filterH * g.filterW;
  if (g.filterH === 3 && g.filterW === 3 && g.top <= 1 && g.left <= 1) return 0;
  return 2 * g.inputChannels * g.filterH * g.filterW;
}

/** arm_fully_connected_s8_get_buffer_size, of the output's last dimension. */
function productScratch(
  { inputs: [first], outputs: [output] }: AppliedContext<object>,
  variant: CmsisVariant,
): number[] {
  return variant === 'mve' && first!.dtype === 'int8' ? [4 * output!.shape.at(-1)!] : [];
}

/** Input channels from which on small steps are computed as a convolution with the filter turned round. */
const turnedFrom = 17;

/** arm_transpose_conv_s8_get_buffer_size, and that of the turned filter; a request of nothing is a request all the same. */
function transposeScratch(call: AppliedContext<AttributesOf<'TRANSPOSE_CONV'>>, variant: CmsisVariant): number[] {
  const {
    attributes: { strideH, strideW },
    inputs: [, filter, input],
  } = call;
  const [, , inputW, channels] = input!.shape as [number, number, number, number];
  const [filters, filterH, filterW] = filter!.shape as [number, number, number];
  const columnLength = filterH * filterW * channels;
  if (input!.dtype === 'int16') return [8 * elementCount(call.outputs[0]!.shape)];
  if (Math.max(strideH, strideW) <= 2 && channels >= turnedFrom) {
    const columns = variant === 'mve' ? 4 * alignUp(columnLength, 16) : 2 * 2 * alignUp(columnLength, 4);
    return [columns, columnLength * filters];
  }
  const rowLength = ((inputW - 1) * strideW + Math.max(filterW, strideH)) * filters;
  return [4 * rowLength * Math.max(filterH, strideH), 1];
}

function prepareDense(call: AppliedContext<object>, variant: CmsisVariant): PrepareMemory {
  const {
    inputs: [input, filter],
    outputs: [output],
  } = call;
  const opened = operands(call);
  const tables = denseTables(call);
  if (input!.dtype !== 'int8' || filter!.dtype === 'int4') {
    return { opened, persistent: tables, scratch: input!.dtype === 'int16' ? [] : unpackedFilter(call) };
  }
  const outputDepth = output!.shape[output!.shape.length - 1]!;
  const depth = filter!.shape[filter!.shape.length - 1]!;
  if (output!.shape.length > 2 && depth % 4 === 0) {
    // Runs as a 1x1 convolution, which wants a multiplier and a shift per channel where the filter has only one.
    return { opened, persistent: tables, scratch: tables.length === 0 ? [8 * outputDepth] : [] };
  }
  if (variant !== 'mve') return { opened, persistent: tables };
  return { opened, ...sumsOfRows(call, tables, 4 * outputDepth) };
}

/** Sums of the filter's rows: computed once where filter and bias are constant, at every run elsewhere. */
function sumsOfRows(
  { inputs: [, filter, bias] }: AppliedContext<object>,
  tables: readonly number[],
  bytes: number,
): Pick<PrepareMemory, 'persistent' | 'scratch'> {
  const constant = (operand: OperandSpec | undefined): boolean => operand === undefined || operand.data !== undefined;
  return constant(filter) && constant(bias)
    ? { persistent: [...tables, bytes] }
    : { persistent: tables, scratch: [bytes] };
}

function prepareAveragePool(call: AppliedContext<object>, variant: CmsisVariant): PrepareMemory {
  const {
    inputs: [input],
  } = call;
  const opened = [...operands(call), ...operands(call)];
  const integer = input!.dtype === 'int8' || input!.dtype === 'int16';
  return { opened, scratch: integer && variant === 'dsp' ? [4 * input!.shape[3]!] : [] };
}
