// Options of arithmetic, shape, index, reduction, random and control-flow operators. Fields stand in schema order, in the notation of field-notation.ts.

export const arrayOptionTables = {
  ConcatenationOptions: {
    axis: 'int',
    fused_activation_function: 'ActivationFunctionType',
  },
  AddOptions: {
    fused_activation_function: 'ActivationFunctionType',
    pot_scale_int16: 'bool = true',
  },
  CallOptions: {
    subgraph: 'uint',
  },
  ReshapeOptions: {
    new_shape: '[int]',
  },
  SpaceToDepthOptions: {
    block_size: 'int',
  },
  MulOptions: {
    fused_activation_function: 'ActivationFunctionType',
  },
  GatherOptions: {
    axis: 'int',
    batch_dims: 'int',
  },
  ReducerOptions: {
    keep_dims: 'bool',
  },
  SubOptions: {
    fused_activation_function: 'ActivationFunctionType',
    pot_scale_int16: 'bool = true',
  },
  DivOptions: {
    fused_activation_function: 'ActivationFunctionType',
  },
  SqueezeOptions: {
    squeeze_dims: '[int]',
  },
  StridedSliceOptions: {
    begin_mask: 'int',
    end_mask: 'int',
    ellipsis_mask: 'int',
    new_axis_mask: 'int',
    shrink_axis_mask: 'int',
    offset: 'bool',
  },
  SplitOptions: {
    num_splits: 'int',
  },
  CastOptions: {
    in_data_type: 'TensorType',
    out_data_type: 'TensorType',
  },
  ArgMaxOptions: {
    output_type: 'TensorType',
  },
  SparseToDenseOptions: {
    validate_indices: 'bool',
  },
  ShapeOptions: {
    out_type: 'TensorType',
  },
  ArgMinOptions: {
    output_type: 'TensorType',
  },
  FakeQuantOptions: {
    min: 'float',
    max: 'float',
    num_bits: 'int',
    narrow_range: 'bool',
  },
  PackOptions: {
    values_count: 'int',
    axis: 'int',
  },
  OneHotOptions: {
    axis: 'int',
  },
  UnpackOptions: {
    num: 'int',
    axis: 'int',
  },
  MirrorPadOptions: {
    mode: 'MirrorPadMode',
  },
  SplitVOptions: {
    num_splits: 'int',
  },
  UniqueOptions: {
    idx_out_type: 'TensorType = INT32',
  },
  ReverseSequenceOptions: {
    seq_dim: 'int',
    batch_dim: 'int',
  },
  IfOptions: {
    then_subgraph_index: 'int',
    else_subgraph_index: 'int',
  },
  WhileOptions: {
    cond_subgraph_index: 'int',
    body_subgraph_index: 'int',
  },
  DepthToSpaceOptions: {
    block_size: 'int',
  },
  BatchMatMulOptions: {
    adj_x: 'bool',
    adj_y: 'bool',
    asymmetric_quantize_inputs: 'bool',
  },
  CumsumOptions: {
    exclusive: 'bool',
    reverse: 'bool',
  },
  CallOnceOptions: {
    init_subgraph_index: 'int',
  },
  HashtableOptions: {
    table_id: 'int',
    key_dtype: 'TensorType',
    value_dtype: 'TensorType',
  },
  VarHandleOptions: {
    container: 'string',
    shared_name: 'string',
  },
  RandomOptions: {
    seed: 'long',
    seed2: 'long',
  },
  BucketizeOptions: {
    boundaries: '[float]',
  },
} as const;
