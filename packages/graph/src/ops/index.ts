// Every operator of the language, by its TFLite name. The kinds and their attributes are derived from this list.
import type { OperatorDefinition } from '../op-definition.js';
import { abs } from './abs.js';
import { add } from './add.js';
import { averagePool2d } from './average-pool-2d.js';
import { batchMatmul } from './batch-matmul.js';
import { cast } from './cast.js';
import { concatenation } from './concatenation.js';
import { conv2d } from './conv-2d.js';
import { depthwiseConv2d } from './depthwise-conv-2d.js';
import { dequantize } from './dequantize.js';
import { div } from './div.js';
import { elu } from './elu.js';
import { exp } from './exp.js';
import { expandDims } from './expand-dims.js';
import { fullyConnected } from './fully-connected.js';
import { gather } from './gather.js';
import { gelu } from './gelu.js';
import { hardSwish } from './hard-swish.js';
import { leakyRelu } from './leaky-relu.js';
import { log } from './log.js';
import { logistic } from './logistic.js';
import { maxPool2d } from './max-pool-2d.js';
import { maximum } from './maximum.js';
import { mean } from './mean.js';
import { minimum } from './minimum.js';
import { mul } from './mul.js';
import { pack } from './pack.js';
import { pad } from './pad.js';
import { padV2 } from './padv2.js';
import { prelu } from './prelu.js';
import { quantize } from './quantize.js';
import { relu } from './relu.js';
import { relu6 } from './relu6.js';
import { reshape } from './reshape.js';
import { resizeBilinear } from './resize-bilinear.js';
import { resizeNearestNeighbor } from './resize-nearest-neighbor.js';
import { rsqrt } from './rsqrt.js';
import { shape } from './shape.js';
import { slice } from './slice.js';
import { softmax } from './softmax.js';
import { split } from './split.js';
import { squaredDifference } from './squared-difference.js';
import { squeeze } from './squeeze.js';
import { stridedSlice } from './strided-slice.js';
import { sub } from './sub.js';
import { sum } from './sum.js';
import { svdf } from './svdf.js';
import { tanh } from './tanh.js';
import { topkV2 } from './topk-v2.js';
import { transposeConv } from './transpose-conv.js';
import { transpose } from './transpose.js';
import { unidirectionalSequenceLstm } from './unidirectional-sequence-lstm.js';
import { unpack } from './unpack.js';

export const operators = {
  ABS: abs,
  ADD: add,
  AVERAGE_POOL_2D: averagePool2d,
  BATCH_MATMUL: batchMatmul,
  CAST: cast,
  CONCATENATION: concatenation,
  CONV_2D: conv2d,
  DEPTHWISE_CONV_2D: depthwiseConv2d,
  DEQUANTIZE: dequantize,
  DIV: div,
  ELU: elu,
  EXP: exp,
  EXPAND_DIMS: expandDims,
  FULLY_CONNECTED: fullyConnected,
  GATHER: gather,
  GELU: gelu,
  HARD_SWISH: hardSwish,
  LEAKY_RELU: leakyRelu,
  LOG: log,
  LOGISTIC: logistic,
  MAXIMUM: maximum,
  MAX_POOL_2D: maxPool2d,
  MEAN: mean,
  MINIMUM: minimum,
  MUL: mul,
  PACK: pack,
  PAD: pad,
  PADV2: padV2,
  PRELU: prelu,
  QUANTIZE: quantize,
  RELU: relu,
  RELU6: relu6,
  RESHAPE: reshape,
  RESIZE_BILINEAR: resizeBilinear,
  RESIZE_NEAREST_NEIGHBOR: resizeNearestNeighbor,
  RSQRT: rsqrt,
  SHAPE: shape,
  SLICE: slice,
  SOFTMAX: softmax,
  SPLIT: split,
  SQUARED_DIFFERENCE: squaredDifference,
  SQUEEZE: squeeze,
  STRIDED_SLICE: stridedSlice,
  SUB: sub,
  SUM: sum,
  SVDF: svdf,
  TANH: tanh,
  TOPK_V2: topkV2,
  TRANSPOSE: transpose,
  TRANSPOSE_CONV: transposeConv,
  UNIDIRECTIONAL_SEQUENCE_LSTM: unidirectionalSequenceLstm,
  UNPACK: unpack,
} as const;

export type OpKind = keyof typeof operators;

/** Of a union of kinds: the union of their attributes. */
export type AttributesOf<K extends OpKind> = K extends OpKind
  ? (typeof operators)[K] extends OperatorDefinition<infer A>
    ? A
    : never
  : never;

/** The definition of a kind, with its attributes' type left open: for code that treats all operators alike. */
export function operatorOf(kind: OpKind): OperatorDefinition<object> {
  return operators[kind] as unknown as OperatorDefinition<object>;
}

export const opKinds = Object.keys(operators) as readonly OpKind[];
