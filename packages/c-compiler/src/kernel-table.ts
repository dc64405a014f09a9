// Which kernels an operator becomes; a kind without a line here does not compile.
import type { OpKind } from '@wherry/graph';
import type { KernelCall } from './kernel-call.js';
import type { OperatorContext } from './operator-context.js';
import {
  addition,
  division,
  maximum,
  minimum,
  multiplication,
  prelu,
  squaredDifference,
  subtraction,
} from './operators/binary.js';
import { cast, shapeOf } from './operators/casting.js';
import { convolution, dense } from './operators/convolution.js';
import { convolutionFloat, denseFloat, depthwiseFloat } from './operators/convolution-f32.js';
import {
  convolutionInt16,
  denseInt16,
  depthwiseInt16,
  transposedConvolutionInt16,
} from './operators/convolution-s16.js';
import { denseAsymmetric } from './operators/dense-asymmetric.js';
import { depthwiseConvolution } from './operators/depthwise.js';
import { dequantize, quantize } from './operators/ends.js';
import { lookUp } from './operators/look-up.js';
import { lstm, lstmFloat } from './operators/lstm.js';
import { batchMatmul } from './operators/matrices.js';
import { moving } from './operators/moving.js';
import { gatherComputed, topK } from './operators/picking.js';
import { averagePool, maxPool } from './operators/pooling.js';
import { mean, sum } from './operators/reduction.js';
import { leakyRelu, magnitude, relu, relu6 } from './operators/rescaling.js';
import { resizeBilinear, resizeNearest } from './operators/resizing.js';
import { logistic, tanh } from './operators/sigmoid.js';
import { softmax } from './operators/softmax.js';
import { svdf, svdfFloat } from './operators/svdf.js';
import { transposedConvolution, transposedConvolutionFloat } from './operators/transposed-convolution.js';
import { geluFloat, leakyReluFloat, unaryFloat } from './operators/unary-f32.js';

/** The calls that a node becomes, none where its output is its input; `undefined`: there is no kernel for its types. */
export type OperatorKernels<K extends OpKind> = (context: OperatorContext<K>) => readonly KernelCall[] | undefined;

/** The first of several forms that takes the types. */
function either<K extends OpKind>(...forms: readonly OperatorKernels<K>[]): OperatorKernels<K> {
  return (context) => {
    for (const form of forms) {
      const calls = form(context);
      if (calls !== undefined) return calls;
    }
    return undefined;
  };
}

const movesFirst = moving(() => [0]);
const movesAll = moving(({ inputs }) => inputs.map((_, position) => position));

export const kernelTable: { readonly [K in OpKind]: OperatorKernels<K> } = {
  ABS: either(magnitude, unaryFloat('abs')),
  ADD: addition,
  AVERAGE_POOL_2D: averagePool,
  BATCH_MATMUL: batchMatmul,
  CAST: cast,
  CONCATENATION: movesAll,
  CONV_2D: either(convolution, convolutionInt16, convolutionFloat),
  DEPTHWISE_CONV_2D: either(depthwiseConvolution, depthwiseInt16, depthwiseFloat),
  DEQUANTIZE: dequantize,
  DIV: division,
  ELU: either(lookUp, unaryFloat('elu')),
  EXP: either(lookUp, unaryFloat('exp')),
  EXPAND_DIMS: movesFirst,
  FULLY_CONNECTED: either(dense, denseAsymmetric, denseInt16, denseFloat),
  GATHER: either(movesFirst, gatherComputed),
  GELU: either(lookUp, geluFloat),
  HARD_SWISH: either(lookUp, unaryFloat('hard-swish')),
  LEAKY_RELU: either(leakyRelu, leakyReluFloat),
  LOG: either(lookUp, unaryFloat('log')),
  LOGISTIC: either(logistic, unaryFloat('logistic')),
  MAXIMUM: maximum,
  MAX_POOL_2D: maxPool,
  MEAN: mean,
  MINIMUM: minimum,
  MUL: multiplication,
  PACK: movesAll,
  PAD: movesFirst,
  PADV2: movesFirst,
  PRELU: prelu,
  QUANTIZE: quantize,
  RELU: either(relu, unaryFloat('relu')),
  RELU6: either(relu6, unaryFloat('relu6')),
  RESHAPE: movesFirst,
  RESIZE_BILINEAR: resizeBilinear,
  RESIZE_NEAREST_NEIGHBOR: resizeNearest,
  RSQRT: either(lookUp, unaryFloat('rsqrt')),
  SHAPE: shapeOf,
  SLICE: movesFirst,
  SOFTMAX: softmax,
  SPLIT: moving(() => [1]),
  SQUARED_DIFFERENCE: squaredDifference,
  SQUEEZE: movesFirst,
  STRIDED_SLICE: movesFirst,
  SUB: subtraction,
  SUM: sum,
  SVDF: either(svdf, svdfFloat),
  TANH: either(tanh, unaryFloat('tanh')),
  TOPK_V2: topK,
  TRANSPOSE: movesFirst,
  TRANSPOSE_CONV: either(transposedConvolution, transposedConvolutionInt16, transposedConvolutionFloat),
  UNIDIRECTIONAL_SEQUENCE_LSTM: either(lstm, lstmFloat),
  UNPACK: movesFirst,
};
