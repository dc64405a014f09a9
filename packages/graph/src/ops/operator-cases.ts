// What every operator is tried on; a kind without a line here does not compile. Read by the contract tests only.
import type { OperatorCases } from '../cases/operator-case.js';
import { absCases } from './abs.cases.js';
import { addCases } from './add.cases.js';
import { averagePool2dCases } from './average-pool-2d.cases.js';
import { batchMatmulCases } from './batch-matmul.cases.js';
import { castCases } from './cast.cases.js';
import { concatenationCases } from './concatenation.cases.js';
import { conv2dCases } from './conv-2d.cases.js';
import { depthwiseConv2dCases } from './depthwise-conv-2d.cases.js';
import { dequantizeCases } from './dequantize.cases.js';
import { divCases } from './div.cases.js';
import { eluCases } from './elu.cases.js';
import { expCases } from './exp.cases.js';
import { expandDimsCases } from './expand-dims.cases.js';
import { fullyConnectedCases } from './fully-connected.cases.js';
import { gatherCases } from './gather.cases.js';
import { geluCases } from './gelu.cases.js';
import { hardSwishCases } from './hard-swish.cases.js';
import { leakyReluCases } from './leaky-relu.cases.js';
import { logCases } from './log.cases.js';
import { logisticCases } from './logistic.cases.js';
import { maxPool2dCases } from './max-pool-2d.cases.js';
import { maximumCases } from './maximum.cases.js';
import { meanCases } from './mean.cases.js';
import { minimumCases } from './minimum.cases.js';
import { mulCases } from './mul.cases.js';
import { packCases } from './pack.cases.js';
import { padCases } from './pad.cases.js';
import { padV2Cases } from './padv2.cases.js';
import { preluCases } from './prelu.cases.js';
import { quantizeCases } from './quantize.cases.js';
import { reluCases } from './relu.cases.js';
import { relu6Cases } from './relu6.cases.js';
import { reshapeCases } from './reshape.cases.js';
import { resizeBilinearCases } from './resize-bilinear.cases.js';
import { resizeNearestNeighborCases } from './resize-nearest-neighbor.cases.js';
import { rsqrtCases } from './rsqrt.cases.js';
import { shapeCases } from './shape.cases.js';
import { sliceCases } from './slice.cases.js';
import { softmaxCases } from './softmax.cases.js';
import { splitCases } from './split.cases.js';
import { squaredDifferenceCases } from './squared-difference.cases.js';
import { squeezeCases } from './squeeze.cases.js';
import { stridedSliceCases } from './strided-slice.cases.js';
import { subCases } from './sub.cases.js';
import { sumCases } from './sum.cases.js';
import { svdfCases } from './svdf.cases.js';
import { tanhCases } from './tanh.cases.js';
import { topkV2Cases } from './topk-v2.cases.js';
import { transposeConvCases } from './transpose-conv.cases.js';
import { transposeCases } from './transpose.cases.js';
import { unidirectionalSequenceLstmCases } from './unidirectional-sequence-lstm.cases.js';
import { unpackCases } from './unpack.cases.js';
import type { AttributesOf, OpKind } from './index.js';

export const operatorCases: { readonly [K in OpKind]: OperatorCases<AttributesOf<K>> } = {
  ABS: absCases,
  ADD: addCases,
  AVERAGE_POOL_2D: averagePool2dCases,
  BATCH_MATMUL: batchMatmulCases,
  CAST: castCases,
  CONCATENATION: concatenationCases,
  CONV_2D: conv2dCases,
  DEPTHWISE_CONV_2D: depthwiseConv2dCases,
  DEQUANTIZE: dequantizeCases,
  DIV: divCases,
  ELU: eluCases,
  EXP: expCases,
  EXPAND_DIMS: expandDimsCases,
  FULLY_CONNECTED: fullyConnectedCases,
  GATHER: gatherCases,
  GELU: geluCases,
  HARD_SWISH: hardSwishCases,
  LEAKY_RELU: leakyReluCases,
  LOG: logCases,
  LOGISTIC: logisticCases,
  MAXIMUM: maximumCases,
  MAX_POOL_2D: maxPool2dCases,
  MEAN: meanCases,
  MINIMUM: minimumCases,
  MUL: mulCases,
  PACK: packCases,
  PAD: padCases,
  PADV2: padV2Cases,
  PRELU: preluCases,
  QUANTIZE: quantizeCases,
  RELU: reluCases,
  RELU6: relu6Cases,
  RESHAPE: reshapeCases,
  RESIZE_BILINEAR: resizeBilinearCases,
  RESIZE_NEAREST_NEIGHBOR: resizeNearestNeighborCases,
  RSQRT: rsqrtCases,
  SHAPE: shapeCases,
  SLICE: sliceCases,
  SOFTMAX: softmaxCases,
  SPLIT: splitCases,
  SQUARED_DIFFERENCE: squaredDifferenceCases,
  SQUEEZE: squeezeCases,
  STRIDED_SLICE: stridedSliceCases,
  SUB: subCases,
  SUM: sumCases,
  SVDF: svdfCases,
  TANH: tanhCases,
  TOPK_V2: topkV2Cases,
  TRANSPOSE: transposeCases,
  TRANSPOSE_CONV: transposeConvCases,
  UNIDIRECTIONAL_SEQUENCE_LSTM: unidirectionalSequenceLstmCases,
  UNPACK: unpackCases,
};
