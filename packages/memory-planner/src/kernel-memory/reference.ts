// What the reference kernels of TensorFlow Lite Micro take from the arena, operator by operator.
// Read from the kernels' Init and Prepare and from the compiler (snapshot of 2026-08-20); for 8-byte pointers (see
// runtime-structs.ts) corrected by what the Python package reports, which FULLY_CONNECTED exceeds by up to 16 bytes a model.
import {
  dataTypes,
  elementCount,
  type AppliedContext,
  type AttributesOf,
  type OperandSpec,
  type OpKind,
} from '@wherry/graph';
import { runtimeStructs } from '../runtime-structs.js';
import { struct, type KernelMemory, type PrepareMemory } from './kernel-memory.js';

type Call = AppliedContext<object>;

const poolOptions = struct([40, 4]);
const convolutionOptions = struct([28, 4]);
const convolutionState = struct([80, 8], [56, 4]);
const poolState = struct([32, 4]);
/** Elements of each of the two tables of a 16-bit softmax. */
const softmaxTableElements = 513;

export const referenceKernels: { readonly [K in OpKind]: KernelMemory<AttributesOf<K>> } = {
  ABS: { options: null, state: struct([28, 4]), prepare: openAll },
  ADD: { options: struct([8, 4], [8, 4], [2, 1]), state: struct([60, 4]), prepare: openAll },
  AVERAGE_POOL_2D: { options: poolOptions, state: poolState, prepare: openAll },
  BATCH_MATMUL: { options: struct([3, 1]), state: struct([32, 8], [16, 4]), prepare: matrixProduct },
  CAST: { options: struct([8, 4], [8, 4], [2, 1]), state: null, prepare: openAll },
  CONCATENATION: {
    options: struct([8, 4]),
    state: struct([80, 8], [24, 4]),
    prepare: ({ inputs, outputs }) => ({ opened: [inputs[0], outputs[0], ...inputs] }),
  },
  CONV_2D: { options: convolutionOptions, state: convolutionState, prepare: convolution(0) },
  DEPTHWISE_CONV_2D: { options: convolutionOptions, state: convolutionState, prepare: convolution(3) },
  DEQUANTIZE: { options: null, state: struct([32, 8]), prepare: openAll },
  DIV: { options: struct([4, 4], [4, 4], [1, 1]), state: struct([28, 4]), prepare: openAll },
  ELU: { options: null, state: struct([256, 1]), prepare: openAll },
  EXP: { options: null, state: null, prepare: openAll },
  EXPAND_DIMS: { options: null, state: null, prepare: openAll },
  FULLY_CONNECTED: {
    options: struct([20, 4], [16, 4], [5, 1]),
    state: struct([88, 8], [48, 4]),
    prepare: (call) => ({ opened: operands(call), persistent: denseTables(call), scratch: unpackedFilter(call) }),
  },
  GATHER: {
    options: struct([8, 4]),
    state: null,
    // The output's dimensions are copied to where they can be written.
    prepare: (call) => ({ opened: operands(call), persistent: [4 + 4 * call.outputs[0]!.shape.length] }),
  },
  GELU: { options: struct([1, 1]), state: null, prepare: openNone },
  HARD_SWISH: { options: null, state: struct([20, 4]), prepare: openAll },
  LEAKY_RELU: { options: struct([4, 4]), state: struct([24, 4]), prepare: openAll },
  LOG: { options: null, state: null, prepare: openAll },
  LOGISTIC: { options: null, state: struct([16, 4]), prepare: openAll },
  MAXIMUM: { options: null, state: null, prepare: openNone },
  MAX_POOL_2D: { options: poolOptions, state: poolState, prepare: openAll },
  MEAN: { options: struct([1, 1]), state: struct([44, 4]), prepare: reduction },
  MINIMUM: { options: null, state: null, prepare: openNone },
  MUL: { options: struct([4, 4], [4, 4], [1, 1]), state: struct([36, 4]), prepare: openAll },
  PACK: { options: struct([8, 4]), state: null, prepare: openNone },
  PAD: { options: null, state: struct([56, 4]), prepare: openAll },
  PADV2: { options: null, state: struct([56, 4]), prepare: openAll },
  PRELU: { options: null, state: struct([28, 4]), prepare: openAll },
  QUANTIZE: { options: null, state: struct([32, 8]), prepare: openAll },
  RELU: { options: null, state: struct([28, 4]), prepare: openAll },
  RELU6: { options: null, state: struct([8, 4]), prepare: ({ inputs }) => ({ opened: inputs }) },
  RESHAPE: {
    options: struct([36, 4]),
    state: null,
    prepare: ({ inputs, outputs }) => ({ opened: [inputs[0], outputs[0]] }),
  },
  RESIZE_BILINEAR: { options: struct([2, 1]), state: null, prepare: openAll },
  RESIZE_NEAREST_NEIGHBOR: { options: struct([2, 1]), state: null, prepare: openAll },
  RSQRT: { options: null, state: struct([28, 4]), prepare: openAll },
  SHAPE: { options: struct([4, 4], [4, 4], [1, 1]), state: null, prepare: openNone },
  SLICE: { options: null, state: null, prepare: openAll },
  SOFTMAX: {
    options: struct([4, 4]),
    state: struct([80, 8], [56, 8]),
    prepare: (call) => ({ opened: operands(call), persistent: softmaxTables(call) }),
  },
  SPLIT: { options: struct([4, 4]), state: null, prepare: ({ inputs: [axis] }) => ({ opened: [axis] }) },
  SQUARED_DIFFERENCE: { options: null, state: struct([112, 8]), prepare: openAll },
  SQUEEZE: { options: struct([36, 4]), state: null, prepare: openAll },
  STRIDED_SLICE: { options: struct([24, 4]), state: struct([84, 4]), prepare: openAll },
  SUB: { options: struct([8, 4], [8, 4], [2, 1]), state: struct([52, 4]), prepare: openAll },
  SUM: { options: struct([1, 1]), state: struct([44, 4]), prepare: reduction },
  SVDF: {
    options: struct([12, 4], [12, 4], [8, 4]),
    state: struct([36, 4]),
    prepare: (call) => ({ opened: operands(call), scratch: filterSums(call) }),
  },
  TANH: {
    options: null,
    state: struct([16, 4]),
    prepare: ({ inputs, outputs }) => ({ opened: [inputs[0], inputs[0], outputs[0]] }),
  },
  /** It has no kernel. */
  TOPK_V2: { options: null, state: null, prepare: openNone },
  TRANSPOSE: { options: null, state: null, prepare: openAll },
  TRANSPOSE_CONV: {
    options: struct([20, 4], [20, 4], [16, 4]),
    state: struct([88, 8], [72, 4]),
    prepare: (call) => {
      const accumulatorBytes = call.inputs[2]!.dtype === 'int16' ? 8 : 4;
      return transposeConvolution(call, [accumulatorBytes * elementCount(call.outputs[0]!.shape)]);
    },
  },
  UNIDIRECTIONAL_SEQUENCE_LSTM: {
    options: struct([16, 4]),
    state: struct([688, 8]),
    prepare: (call) => ({ opened: operands(call), scratch: gateBuffers(call, 4) }),
  },
  UNPACK: { options: struct([8, 4]), state: null, prepare: openNone },
};

export function operands({ inputs, outputs }: Call): readonly (OperandSpec | undefined)[] {
  return [...inputs, ...outputs];
}

function openAll(call: Call): PrepareMemory {
  return { opened: operands(call) };
}

function openNone(): PrepareMemory {
  return { opened: [] };
}

/** A multiplier and a shift per output channel, kept even for float; @param channelAxis the filter's axis of channels. */
function convolution(channelAxis: number): (call: Call) => PrepareMemory {
  return (call) => {
    const {
      inputs: [input, filter],
      outputs: [output],
    } = call;
    const tableBytes = 4 * filter!.shape[channelAxis]!;
    return {
      opened: [output, input, filter, ...operands(call)],
      persistent: [tableBytes, tableBytes],
      scratch: unpackedFilter(call),
    };
  };
}

/** @param scratch of its integer kernel, which sums up in 32 or 64 bits what the inputs give to each output */
export function transposeConvolution(call: Call, scratch: readonly number[]): PrepareMemory {
  const {
    inputs: [, filter, input, bias],
    outputs: [output],
  } = call;
  const isFloat = input!.dtype === 'float32';
  const tableBytes = 4 * filter!.shape[0]!;
  return {
    opened: [output, input, filter, ...(isFloat ? [] : [input, filter, bias, output])],
    persistent: [tableBytes, tableBytes],
    scratch: isFloat ? [] : scratch,
  };
}

/** A matrix that does not stand as the kernel reads it has a transposed copy, which is kept. */
export function matrixProduct(call: AppliedContext<AttributesOf<'BATCH_MATMUL'>>): PrepareMemory {
  const {
    attributes: { adjX, adjY },
    inputs: [first, second],
    outputs: [output],
  } = call;
  const copies = [...(adjX ? [first!] : []), ...(adjY ? [] : [second!])];
  return {
    opened: operands(call),
    persistent: [
      ...(first!.dtype === 'float32' ? [] : [28]),
      ...copies.flatMap(({ dtype, shape }) => [
        runtimeStructs.evalTensor,
        4 + 4 * shape.length,
        elementCount(shape) * dataTypes[dtype].bytes,
      ]),
      // The output's dimensions are copied to where they can be written.
      4 + 4 * output!.shape.length,
    ],
  };
}

/** Of 32 bits: one for each filter, and of integers one for each unit. */
export function filterSums({ inputs: [input, feature], outputs: [output] }: Call): readonly number[] {
  const filters = 4 * input!.shape[0]! * feature!.shape[0]!;
  return input!.dtype === 'float32' ? [filters] : [filters, 4 * elementCount(output!.shape)];
}

/** As large as the cell state. */
export function gateBuffers({ inputs }: Call, count: number): readonly number[] {
  const { dtype, shape } = inputs[19]!;
  return Array.from({ length: count }, () => elementCount(shape) * dataTypes[dtype].bytes);
}

/** Filters of 4 bits are spread to bytes before each run. */
export function unpackedFilter({ inputs: [, filter] }: Call): readonly number[] {
  return filter!.dtype === 'int4' ? [elementCount(filter!.shape)] : [];
}

/** A multiplier and a shift per output channel where the filter has a scale for each. */
export function denseTables({ inputs: [input, filter] }: Call): readonly number[] {
  const scales = filter!.quantization?.scale.length ?? 1;
  return input!.dtype !== 'float32' && scales > 1 ? [4 * scales, 4 * scales] : [];
}

export function softmaxTables({ inputs: [input] }: Call): readonly number[] {
  return input!.dtype === 'int16' ? [2 * softmaxTableElements, 2 * softmaxTableElements] : [];
}

function reduction(call: Call): PrepareMemory {
  const {
    inputs: [input, axis],
    outputs: [output],
  } = call;
  const integer = input!.dtype === 'int8' || input!.dtype === 'int16';
  return {
    opened: [...operands(call), input, axis, ...(input!.dtype === 'int8' ? [output] : [])],
    scratch: [
      ...(integer ? [4 * elementCount(output!.shape)] : []),
      4 * input!.shape.length,
      4 * elementCount(axis!.shape),
    ],
  };
}
