// The enums of the TFLite schema: the scalar they are stored as, and their names; the place is the value.
import { builtinOperators } from './builtin-operators.js';

export const enums = {
  TensorType: {
    base: 'byte',
    names: [
      'FLOAT32',
      'FLOAT16',
      'INT32',
      'UINT8',
      'INT64',
      'STRING',
      'BOOL',
      'INT16',
      'COMPLEX64',
      'INT8',
      'FLOAT64',
      'COMPLEX128',
      'UINT64',
      'RESOURCE',
      'VARIANT',
      'UINT32',
      'UINT16',
      'INT4',
      'BFLOAT16',
      'INT2',
      'UINT4',
      'FLOAT8_E4M3FN',
      'FLOAT8_E5M2',
    ],
  },
  DimensionType: {
    base: 'byte',
    names: ['DENSE', 'SPARSE_CSR'],
  },
  BuiltinOperator: { base: 'int', names: builtinOperators },
  StablehloPrecisionConfig: {
    base: 'uint',
    names: ['DEFAULT', 'HIGH', 'HIGHEST'],
  },
  StablehloComparisonDirection: {
    base: 'uint',
    names: [
      'STABLEHLO_COMPARISON_DIRECTION_EQ',
      'STABLEHLO_COMPARISON_DIRECTION_NE',
      'STABLEHLO_COMPARISON_DIRECTION_GE',
      'STABLEHLO_COMPARISON_DIRECTION_GT',
      'STABLEHLO_COMPARISON_DIRECTION_LE',
      'STABLEHLO_COMPARISON_DIRECTION_LT',
    ],
  },
  StablehloComparisonType: {
    base: 'uint',
    names: [
      'STABLEHLO_COMPARISON_TYPE_NOTYPE',
      'STABLEHLO_COMPARISON_TYPE_FLOAT',
      'STABLEHLO_COMPARISON_TYPE_FLOAT_TOTAL_ORDER',
      'STABLEHLO_COMPARISON_TYPE_SIGNED',
      'STABLEHLO_COMPARISON_TYPE_UNSIGNED',
    ],
  },
  RngAlgorithm: {
    base: 'byte',
    names: ['DEFAULT', 'PHILOX', 'THREEFRY'],
  },
  Padding: {
    base: 'byte',
    names: ['SAME', 'VALID'],
  },
  ActivationFunctionType: {
    base: 'byte',
    names: ['NONE', 'RELU', 'RELU_N1_TO_1', 'RELU6', 'TANH', 'SIGN_BIT'],
  },
  LSHProjectionType: {
    base: 'byte',
    names: ['UNKNOWN', 'SPARSE', 'DENSE'],
  },
  FullyConnectedOptionsWeightsFormat: {
    base: 'byte',
    names: ['DEFAULT', 'SHUFFLED4x16INT8'],
  },
  LSTMKernelType: {
    base: 'byte',
    names: ['FULL', 'BASIC'],
  },
  CombinerType: {
    base: 'byte',
    names: ['SUM', 'MEAN', 'SQRTN'],
  },
  MirrorPadMode: {
    base: 'byte',
    names: ['REFLECT', 'SYMMETRIC'],
  },
  ReduceWindowFunction: {
    base: 'int',
    names: ['UNSUPPORTED', 'ADD', 'MUL', 'MINIMUM', 'MAXIMUM', 'ALL', 'ANY'],
  },
  CustomOptionsFormat: {
    base: 'byte',
    names: ['FLEXBUFFERS'],
  },
} as const;
