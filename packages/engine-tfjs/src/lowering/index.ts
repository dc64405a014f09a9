// Every operator on TensorFlow.js; a kind without a line here does not compile.
import { lowerConv2d, lowerDepthwise, lowerFullyConnected } from './convolution.js';
import { lowerLeakyRelu, lowerLogistic, lowerRelu, lowerRelu6, lowerSoftmax, lowerTanh } from './elementwise.js';
import type { LoweringTable } from './lowering.js';
import { lowerAveragePool, lowerMaxPool, lowerMean } from './reduction.js';

export const lowerings: LoweringTable = {
  AVERAGE_POOL_2D: lowerAveragePool,
  CONV_2D: lowerConv2d,
  DEPTHWISE_CONV_2D: lowerDepthwise,
  FULLY_CONNECTED: lowerFullyConnected,
  LEAKY_RELU: lowerLeakyRelu,
  LOGISTIC: lowerLogistic,
  MAX_POOL_2D: lowerMaxPool,
  MEAN: lowerMean,
  RELU: lowerRelu,
  RELU6: lowerRelu6,
  SOFTMAX: lowerSoftmax,
  TANH: lowerTanh,
};
