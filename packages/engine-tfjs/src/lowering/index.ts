// Every operator on TensorFlow.js; a kind without a line here does not compile.
import { lowerAdd, lowerDiv, lowerMaximum, lowerMinimum, lowerMul, lowerSub } from './arithmetic.js';
import { lowerConv2d, lowerDepthwise, lowerFullyConnected } from './convolution.js';
import {
  lowerHardSwish,
  lowerLeakyRelu,
  lowerLogistic,
  lowerPrelu,
  lowerRelu,
  lowerRelu6,
  lowerSoftmax,
  lowerTanh,
} from './elementwise.js';
import type { LoweringTable } from './lowering.js';
import { lowerBatchMatmul } from './matrix-product.js';
import {
  lowerConcatenation,
  lowerPack,
  lowerPad,
  lowerSlice,
  lowerSplit,
  lowerToShape,
  lowerTranspose,
  lowerUnpack,
} from './movement.js';
import { lowerTransposeConv } from './transpose-convolution.js';
import { lowerAveragePool, lowerMaxPool, lowerMean, lowerSum } from './reduction.js';

export const lowerings: LoweringTable = {
  ADD: lowerAdd,
  AVERAGE_POOL_2D: lowerAveragePool,
  BATCH_MATMUL: lowerBatchMatmul,
  CAST: 'reference',
  CONCATENATION: lowerConcatenation,
  CONV_2D: lowerConv2d,
  DEPTHWISE_CONV_2D: lowerDepthwise,
  DEQUANTIZE: 'reference',
  DIV: lowerDiv,
  EXPAND_DIMS: lowerToShape,
  FULLY_CONNECTED: lowerFullyConnected,
  GATHER: 'reference',
  HARD_SWISH: lowerHardSwish,
  LEAKY_RELU: lowerLeakyRelu,
  LOGISTIC: lowerLogistic,
  MAXIMUM: lowerMaximum,
  MAX_POOL_2D: lowerMaxPool,
  MEAN: lowerMean,
  MINIMUM: lowerMinimum,
  MUL: lowerMul,
  PACK: lowerPack,
  PAD: lowerPad,
  PADV2: 'reference',
  PRELU: lowerPrelu,
  QUANTIZE: 'reference',
  RELU: lowerRelu,
  RELU6: lowerRelu6,
  RESHAPE: lowerToShape,
  RESIZE_BILINEAR: 'reference',
  RESIZE_NEAREST_NEIGHBOR: 'reference',
  SHAPE: 'reference',
  SLICE: lowerSlice,
  SOFTMAX: lowerSoftmax,
  SPLIT: lowerSplit,
  SQUEEZE: lowerToShape,
  STRIDED_SLICE: 'reference',
  SUB: lowerSub,
  SUM: lowerSum,
  TANH: lowerTanh,
  TOPK_V2: 'reference',
  TRANSPOSE: lowerTranspose,
  TRANSPOSE_CONV: lowerTransposeConv,
  UNPACK: lowerUnpack,
};
