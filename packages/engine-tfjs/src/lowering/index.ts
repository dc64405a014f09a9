// Every operator on TensorFlow.js; a kind without a line here does not compile.
import { lowerAdd, lowerMul, lowerSub } from './arithmetic.js';
import { lowerConv2d, lowerDepthwise, lowerFullyConnected } from './convolution.js';
import { lowerLeakyRelu, lowerLogistic, lowerRelu, lowerRelu6, lowerSoftmax, lowerTanh } from './elementwise.js';
import type { LoweringTable } from './lowering.js';
import { lowerConcatenation, lowerPack, lowerPad, lowerToShape, lowerTranspose } from './movement.js';
import { lowerAveragePool, lowerMaxPool, lowerMean } from './reduction.js';

export const lowerings: LoweringTable = {
  ADD: lowerAdd,
  AVERAGE_POOL_2D: lowerAveragePool,
  CONCATENATION: lowerConcatenation,
  CONV_2D: lowerConv2d,
  DEPTHWISE_CONV_2D: lowerDepthwise,
  DEQUANTIZE: 'reference',
  EXPAND_DIMS: lowerToShape,
  FULLY_CONNECTED: lowerFullyConnected,
  LEAKY_RELU: lowerLeakyRelu,
  LOGISTIC: lowerLogistic,
  MAX_POOL_2D: lowerMaxPool,
  MEAN: lowerMean,
  MUL: lowerMul,
  PACK: lowerPack,
  PAD: lowerPad,
  PADV2: 'reference',
  QUANTIZE: 'reference',
  RELU: lowerRelu,
  RELU6: lowerRelu6,
  RESHAPE: lowerToShape,
  SHAPE: 'reference',
  SOFTMAX: lowerSoftmax,
  SQUEEZE: lowerToShape,
  STRIDED_SLICE: 'reference',
  SUB: lowerSub,
  TANH: lowerTanh,
  TRANSPOSE: lowerTranspose,
};
