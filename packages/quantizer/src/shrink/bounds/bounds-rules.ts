// How each operator bounds what it writes. Whatever has no rule of its own is bounded by its type: right for every operator.
import type { OpKind } from '@wherry/graph';
import { accumulated } from './accumulator-bounds.js';
import { byType, type BoundsRule } from './bounds-rule.js';
import { everyValue } from './elementwise-bounds.js';
import { monotone } from './monotone-bounds.js';
import { reduced } from './reduction-bounds.js';

const moved = monotone();

export const boundsRules: { readonly [K in OpKind]: BoundsRule } = {
  ABS: everyValue,
  ADD: everyValue,
  AVERAGE_POOL_2D: moved,
  BATCH_MATMUL: byType,
  CAST: byType,
  CONCATENATION: moved,
  CONV_2D: accumulated,
  DEPTHWISE_CONV_2D: accumulated,
  DEQUANTIZE: byType,
  DIV: byType,
  ELU: everyValue,
  EXP: everyValue,
  EXPAND_DIMS: moved,
  FULLY_CONNECTED: accumulated,
  GATHER: moved,
  GELU: everyValue,
  HARD_SWISH: everyValue,
  LEAKY_RELU: everyValue,
  LOG: everyValue,
  LOGISTIC: everyValue,
  MAXIMUM: moved,
  MAX_POOL_2D: moved,
  MEAN: reduced,
  MINIMUM: moved,
  MUL: everyValue,
  PACK: moved,
  PAD: moved,
  PADV2: moved,
  PRELU: byType,
  QUANTIZE: everyValue,
  RELU: everyValue,
  RELU6: everyValue,
  // The output has its shape already; the operand that gives it is not read.
  RESHAPE: monotone(1),
  RESIZE_BILINEAR: moved,
  RESIZE_NEAREST_NEIGHBOR: moved,
  RSQRT: everyValue,
  SHAPE: byType,
  SLICE: moved,
  // Each score depends on all of its row.
  SOFTMAX: byType,
  SPLIT: moved,
  SQUARED_DIFFERENCE: everyValue,
  SQUEEZE: moved,
  STRIDED_SLICE: moved,
  SUB: everyValue,
  SUM: reduced,
  SVDF: byType,
  TANH: everyValue,
  TOPK_V2: byType,
  TRANSPOSE: moved,
  TRANSPOSE_CONV: byType,
  UNIDIRECTIONAL_SEQUENCE_LSTM: byType,
  UNPACK: moved,
};
