// Per operator: how many operands its kernels index without asking, and what else they rely on.
import type { BuiltinOperator } from '../schema/table-types.js';
import {
  atLeast,
  axesOf,
  axisOption,
  countsOperands,
  gatherIndices,
  lookupRows,
  paddings,
  permutation,
  resizedSize,
  sliceRange,
  sliceSteps,
} from './index-checks.js';
import type { OperatorCheck } from './operands.js';
import { quantized, softmaxScaling, sumScaling } from './scale-checks.js';
import {
  broadcasts,
  concatenationShapes,
  convolutionShapes,
  depthwiseShapes,
  fullyConnectedShapes,
  poolingShapes,
  positive,
  rank,
  sameCount,
  sameType,
} from './shape-checks.js';

const any = Infinity;

export interface OperatorRule {
  /** Least and greatest number of inputs; all below the least must be there, the others may be left out (-1). */
  readonly inputs: readonly [number, number];
  readonly outputs: readonly [number, number];
  /** Inputs below the least that may be left out all the same. */
  readonly optional?: readonly number[];
  readonly checks: readonly OperatorCheck[];
}

function rule(
  inputs: number | readonly [number, number],
  checks: readonly OperatorCheck[] = [],
  more: Partial<OperatorRule> = {},
): OperatorRule {
  return { inputs: typeof inputs === 'number' ? [inputs, inputs] : inputs, outputs: [1, 1], checks, ...more };
}

/** The same rule for several operators. */
function each<K extends BuiltinOperator>(
  names: readonly K[],
  common: OperatorRule,
): { readonly [P in K]: OperatorRule } {
  return Object.fromEntries(names.map((name) => [name, common])) as { [P in K]: OperatorRule };
}

const strides = positive('stride_w', 'stride_h');
const dilations = positive('dilation_w_factor', 'dilation_h_factor');
/** Cell, input, forget and output gates: optional weights, peepholes, projection and layer norms. */
const lstmOptional = [1, 5, 9, 10, 11, 12, 16, 17];

/** Operators that are not listed have their references checked only. */
export const operatorRules: { readonly [K in BuiltinOperator]?: OperatorRule } = {
  ...each(
    [
      'RELU',
      'RELU6',
      'RELU_N1_TO_1',
      'RELU_0_TO_1',
      'LOGISTIC',
      'TANH',
      'ABS',
      'NEG',
      'EXP',
      'LOG',
      'SQRT',
      'RSQRT',
      'SQUARE',
      'SIN',
      'COS',
      'FLOOR',
      'CEIL',
      'ROUND',
      'ELU',
      'LEAKY_RELU',
      'HARD_SWISH',
      'GELU',
      'SIGN',
      'ZEROS_LIKE',
      'LOG_SOFTMAX',
      'L2_NORMALIZATION',
      'LOGICAL_NOT',
    ],
    rule(1, [sameType(0), sameCount, quantized(0)]),
  ),
  SOFTMAX: rule(1, [sameCount, quantized(0), softmaxScaling]),
  ...each(['CAST', 'QUANTIZE', 'DEQUANTIZE'], rule(1, [sameCount])),
  ...each(['SHAPE', 'RANK', 'WHERE'], rule(1)),
  ...each(['ADD', 'SUB'], rule(2, [sameType(0, 1), broadcasts(0, 1), quantized(0, 1), sumScaling])),
  ...each(
    [
      'MUL',
      'DIV',
      'MAXIMUM',
      'MINIMUM',
      'SQUARED_DIFFERENCE',
      'FLOOR_DIV',
      'FLOOR_MOD',
      'POW',
      'LOGICAL_OR',
      'LOGICAL_AND',
    ],
    rule(2, [sameType(0, 1), broadcasts(0, 1), quantized(0, 1)]),
  ),
  ...each(
    ['LESS', 'LESS_EQUAL', 'GREATER', 'GREATER_EQUAL', 'EQUAL', 'NOT_EQUAL'],
    rule(2, [broadcasts(0, 1), quantized(0, 1)]),
  ),
  PRELU: rule(2, [sameType(0), broadcasts(0, 1), quantized(0, 1)]),
  ADD_N: rule([1, any]),
  ...each(['SELECT', 'SELECT_V2'], rule(3, [sameType(1, 2)])),
  CONV_2D: rule([2, 3], [strides, dilations, rank(0, 4), rank(1, 4), sameType(0), convolutionShapes, quantized(0, 1)]),
  DEPTHWISE_CONV_2D: rule(
    [2, 3],
    [
      strides,
      dilations,
      positive('depth_multiplier'),
      rank(0, 4),
      rank(1, 4),
      sameType(0),
      depthwiseShapes,
      quantized(0, 1),
    ],
  ),
  TRANSPOSE_CONV: rule([3, 4], [strides, rank(2, 4), rank(1, 4), atLeast(0, 0), quantized(1, 2)]),
  CONV_3D: rule(
    [2, 3],
    [positive('stride_d', 'stride_w', 'stride_h', 'dilation_d_factor'), dilations, rank(0, 5), rank(1, 5)],
  ),
  FULLY_CONNECTED: rule([2, 3], [rank(1, 2), fullyConnectedShapes, quantized(0, 1)], { outputs: [1, 2] }),
  ...each(
    ['AVERAGE_POOL_2D', 'MAX_POOL_2D', 'L2_POOL_2D'],
    rule(1, [strides, positive('filter_width', 'filter_height'), rank(0, 4), sameType(0), poolingShapes]),
  ),
  BATCH_MATMUL: rule(2),
  SVDF: rule(5, [positive('rank'), rank(0, 2), rank(1, 2), rank(2, 2)], { optional: [3] }),
  RNN: rule(5),
  UNIDIRECTIONAL_SEQUENCE_RNN: rule(5),
  LSTM: rule([5, 24], [], { outputs: [1, 4], optional: lstmOptional }),
  UNIDIRECTIONAL_SEQUENCE_LSTM: rule([20, 24], [], { optional: lstmOptional }),
  RESHAPE: rule([1, 2], [sameType(0), sameCount]),
  SQUEEZE: rule(1, [sameType(0), sameCount]),
  EXPAND_DIMS: rule(2, [sameType(0), sameCount, axesOf(1, 1)]),
  PAD: rule(2, [sameType(0), paddings]),
  PADV2: rule(3, [sameType(0, 2), paddings]),
  MIRROR_PAD: rule(2, [sameType(0), paddings]),
  TRANSPOSE: rule(2, [sameType(0), permutation]),
  CONCATENATION: rule([1, any], [concatenationShapes]),
  PACK: rule([1, any], [countsOperands('values_count', 'inputs'), axisOption('axis', 1)]),
  UNPACK: rule(1, [countsOperands('num', 'outputs'), axisOption('axis')], { outputs: [0, any] }),
  SPLIT: rule(2, [countsOperands('num_splits', 'outputs')], { outputs: [1, any] }),
  SPLIT_V: rule(3, [countsOperands('num_splits', 'outputs'), axesOf(2)], { outputs: [1, any] }),
  STRIDED_SLICE: rule(4, [sameType(0), sliceSteps]),
  SLICE: rule(3, [sameType(0), sliceRange]),
  GATHER: rule(2, [sameType(0), gatherIndices]),
  GATHER_ND: rule(2, [sameType(0), atLeast(1, 0)]),
  EMBEDDING_LOOKUP: rule(2, [lookupRows]),
  ...each(
    ['MEAN', 'SUM', 'REDUCE_MAX', 'REDUCE_MIN', 'REDUCE_PROD', 'REDUCE_ANY', 'REDUCE_ALL'],
    rule(2, [sameType(0), axesOf(1)]),
  ),
  ...each(['ARG_MAX', 'ARG_MIN', 'CUMSUM'], rule(2, [axesOf(1)])),
  REVERSE_V2: rule(2, [sameType(0), sameCount, axesOf(1)]),
  ...each(
    ['RESIZE_BILINEAR', 'RESIZE_NEAREST_NEIGHBOR'],
    rule(2, [rank(0, 4), sameType(0), atLeast(1, 1), resizedSize]),
  ),
  ...each(['SPACE_TO_DEPTH', 'DEPTH_TO_SPACE'], rule(1, [positive('block_size'), rank(0, 4), sameType(0), sameCount])),
  ...each(['SPACE_TO_BATCH_ND', 'BATCH_TO_SPACE_ND'], rule(3, [sameType(0), atLeast(1, 1), atLeast(2, 0)])),
  TILE: rule(2, [sameType(0), atLeast(1, 0)]),
  FILL: rule(2, [sameType(1), atLeast(0, 0)]),
  ...each(['BROADCAST_TO'], rule(2, [sameType(0), atLeast(1, 0)])),
  BROADCAST_ARGS: rule(2),
  DYNAMIC_UPDATE_SLICE: rule(3, [sameType(0, 1)]),
  TOPK_V2: rule(2, [], { outputs: [2, 2] }),
  ONE_HOT: rule(4),
  RANGE: rule(3),
  SCATTER_ND: rule(3),
  VAR_HANDLE: rule(0),
  READ_VARIABLE: rule(1),
  ASSIGN_VARIABLE: rule(2, [], { outputs: [0, 0] }),
  CALL_ONCE: rule(0, [], { outputs: [0, 0] }),
  ...each(['IF', 'WHILE'], rule([1, any], [], { outputs: [0, any] })),
};
