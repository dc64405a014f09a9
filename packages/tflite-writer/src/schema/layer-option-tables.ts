// Options of convolution, pooling, recurrent, dense, normalizing and resizing operators. Fields stand in schema order, in the notation of field-notation.ts.

export const layerOptionTables = {
  Conv2DOptions: {
    padding: 'Padding',
    stride_w: 'int',
    stride_h: 'int',
    fused_activation_function: 'ActivationFunctionType',
    dilation_w_factor: 'int = 1',
    dilation_h_factor: 'int = 1',
    quantized_bias_type: 'TensorType',
  },
  DepthwiseConv2DOptions: {
    padding: 'Padding',
    stride_w: 'int',
    stride_h: 'int',
    depth_multiplier: 'int',
    fused_activation_function: 'ActivationFunctionType',
    dilation_w_factor: 'int = 1',
    dilation_h_factor: 'int = 1',
  },
  ConcatEmbeddingsOptions: {
    num_channels: 'int',
    num_columns_per_channel: '[int]',
    embedding_dim_per_channel: '[int]',
  },
  LSHProjectionOptions: {
    type: 'LSHProjectionType',
  },
  Pool2DOptions: {
    padding: 'Padding',
    stride_w: 'int',
    stride_h: 'int',
    filter_width: 'int',
    filter_height: 'int',
    fused_activation_function: 'ActivationFunctionType',
  },
  SVDFOptions: {
    rank: 'int',
    fused_activation_function: 'ActivationFunctionType',
    asymmetric_quantize_inputs: 'bool',
  },
  RNNOptions: {
    fused_activation_function: 'ActivationFunctionType',
    asymmetric_quantize_inputs: 'bool',
  },
  FullyConnectedOptions: {
    fused_activation_function: 'ActivationFunctionType',
    weights_format: 'FullyConnectedOptionsWeightsFormat = DEFAULT',
    keep_num_dims: 'bool',
    asymmetric_quantize_inputs: 'bool',
    quantized_bias_type: 'TensorType',
  },
  SoftmaxOptions: {
    beta: 'float',
  },
  L2NormOptions: {
    fused_activation_function: 'ActivationFunctionType',
  },
  LocalResponseNormalizationOptions: {
    radius: 'int',
    bias: 'float',
    alpha: 'float',
    beta: 'float',
  },
  LSTMOptions: {
    fused_activation_function: 'ActivationFunctionType',
    cell_clip: 'float',
    proj_clip: 'float',
    kernel_type: 'LSTMKernelType = FULL',
    asymmetric_quantize_inputs: 'bool',
  },
  ResizeBilinearOptions: {
    new_height: 'deprecated int',
    new_width: 'deprecated int',
    align_corners: 'bool',
    half_pixel_centers: 'bool',
  },
  SkipGramOptions: {
    ngram_size: 'int',
    max_skip_size: 'int',
    include_all_ngrams: 'bool',
  },
  EmbeddingLookupSparseOptions: {
    combiner: 'CombinerType',
  },
  SequenceRNNOptions: {
    time_major: 'bool',
    fused_activation_function: 'ActivationFunctionType',
    asymmetric_quantize_inputs: 'bool',
  },
  TransposeConvOptions: {
    padding: 'Padding',
    stride_w: 'int',
    stride_h: 'int',
    fused_activation_function: 'ActivationFunctionType = NONE',
    quantized_bias_type: 'TensorType',
  },
  BidirectionalSequenceLSTMOptions: {
    fused_activation_function: 'ActivationFunctionType',
    cell_clip: 'float',
    proj_clip: 'float',
    merge_outputs: 'bool',
    time_major: 'bool = true',
    asymmetric_quantize_inputs: 'bool',
  },
  BidirectionalSequenceRNNOptions: {
    time_major: 'bool',
    fused_activation_function: 'ActivationFunctionType',
    merge_outputs: 'bool',
    asymmetric_quantize_inputs: 'bool',
  },
  UnidirectionalSequenceLSTMOptions: {
    fused_activation_function: 'ActivationFunctionType',
    cell_clip: 'float',
    proj_clip: 'float',
    time_major: 'bool',
    asymmetric_quantize_inputs: 'bool',
    diagonal_recurrent_tensors: 'bool',
  },
  ResizeNearestNeighborOptions: {
    align_corners: 'bool',
    half_pixel_centers: 'bool',
  },
  LeakyReluOptions: {
    alpha: 'float',
  },
  Conv3DOptions: {
    padding: 'Padding',
    stride_d: 'int',
    stride_w: 'int',
    stride_h: 'int',
    fused_activation_function: 'ActivationFunctionType',
    dilation_d_factor: 'int = 1',
    dilation_w_factor: 'int = 1',
    dilation_h_factor: 'int = 1',
  },
  GeluOptions: {
    approximate: 'bool',
  },
} as const;
