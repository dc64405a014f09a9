// Known layers that cannot be imported, with what to do about each; and those that carry code.

const SLICE = 'replace the slice by a Cropping1D or Cropping2D layer';

/** Layers that hold program code or load it: named in the refusal, never run. */
export const dangerousLayers: Readonly<Record<string, string>> = {
  Lambda:
    'replace it by the layers that compute the same (Rescaling, Activation, Add, ...), or move its work in front of the model',
  SlicingOpLambda: SLICE,
  TFSMLayer: 'build the model from layers instead of loading a SavedModel inside it',
  TorchModuleWrapper: 'build the model from Keras layers',
  JaxLayer: 'build the model from Keras layers',
  FlaxLayer: 'build the model from Keras layers',
};

/** What was tried: a .tflite with the loop unrolled deploys; the converter's own LSTM and loop operators do not. */
const RECURRENT =
  'build the same model once more with keras.Input(shape, batch_size=1) and unroll=True in this layer, copy the weights ' +
  '(new.set_weights(old.get_weights())), convert that with tf.lite.TFLiteConverter.from_keras_model and give the .tflite';

/** What was tried: these become operators that are read, but with an open batch also some that are not. */
const CONVERT =
  'in Python, where m is the model: x = keras.Input(m.inputs[0].shape[1:], batch_size=1), then convert keras.Model(x, m(x)) ' +
  'with tf.lite.TFLiteConverter.from_keras_model, without optimizations, and give the .tflite';

const STRIP = 'in Python: model = tfmot.sparsity.keras.strip_pruning(model), then model.save("model.h5")';
const STRIP_CLUSTERS = 'in Python: model = tfmot.clustering.keras.strip_clustering(model), then model.save("model.h5")';
const NOT_QUANTIZED =
  'give the float model, as it was before tfmot.quantization.keras.quantize_model: the scales are measured here, from the calibration data';

/** Layers that other tools wrap around layers of a model, or that load one from elsewhere. */
export const wrappers: Readonly<Record<string, string>> = {
  PruneLowMagnitude: STRIP,
  ClusterWeights: STRIP_CLUSTERS,
  ClusterWeightsMHA: STRIP_CLUSTERS,
  QuantizeWrapper: NOT_QUANTIZED,
  QuantizeWrapperV2: NOT_QUANTIZED,
  QuantizeLayer: NOT_QUANTIZED,
  QuantizeAnnotate: NOT_QUANTIZED,
  KerasLayer:
    'its weights are not in this file: in Python, convert the whole model with tf.lite.TFLiteConverter.from_keras_model, without optimizations, and give the .tflite',
};

export const unsupportedLayers: Readonly<Record<string, string>> = {
  ...wrappers,
  Conv3D: 'use Conv2D with the third dimension among the channels',
  LSTM: RECURRENT,
  GRU: RECURRENT,
  SimpleRNN: RECURRENT,
  Bidirectional: RECURRENT,
  RNN: RECURRENT,
  LSTMV2: RECURRENT,
  GRUV2: RECURRENT,
  CuDNNLSTM: 'build the model with LSTM layers instead, then: ' + RECURRENT,
  CuDNNGRU: 'build the model with GRU layers instead, then: ' + RECURRENT,
  TimeDistributed: `of a Dense take the Dense itself, which works along the last dimension; of another layer: ${CONVERT}`,
  GetItem: SLICE,
  Embedding: 'do the look-up in front of the model and give it the vectors',
  ThresholdedReLU: 'use ReLU',
  MultiHeadAttention: CONVERT,
  Attention: CONVERT,
  Dot: CONVERT,
  RandomCrop: 'leave it out, and crop or resize the images in front of the model: it crops at inference too',
  AutoContrast: 'leave it out, and do the same in front of the model: it works at inference too',
  ContrastLimitedAdaptiveHistogramEqualization:
    'leave it out, and do the same in front of the model: it works at inference too',
  Equalization: 'leave it out, and do the same in front of the model',
  Resizing: 'resize the images in front of the model, or ' + CONVERT,
  CenterCrop: 'crop the images in front of the model, or ' + CONVERT,
  RepeatVector: 'repeat with Concatenate',
  Masking: 'give the model sequences of full length',
  LocallyConnected1D: 'use Conv1D',
  LocallyConnected2D: 'use Conv2D',
};
