// Known layers that cannot be imported, with what to do about each; and those that carry code.

/** Layers that hold program code or load it: named in the refusal, never run. */
export const dangerousLayers: Readonly<Record<string, string>> = {
  Lambda:
    'replace it by the layers that compute the same (Rescaling, Activation, Add, ...), or move its work in front of the model',
  SlicingOpLambda: 'replace the slice by a Cropping1D or Cropping2D layer',
  TFSMLayer: 'build the model from layers instead of loading a SavedModel inside it',
  TorchModuleWrapper: 'build the model from Keras layers',
  JaxLayer: 'build the model from Keras layers',
  FlaxLayer: 'build the model from Keras layers',
};

const RECURRENT =
  'use Conv1D or DepthwiseConv1D layers over time, or convert with tf.lite.TFLiteConverter and give the .tflite';

export const unsupportedLayers: Readonly<Record<string, string>> = {
  Conv2DTranspose:
    'use an up-sampling on the device followed by Conv2D, or convert with tf.lite.TFLiteConverter and give the .tflite',
  Conv1DTranspose: 'use a Conv1D layer, or convert with tf.lite.TFLiteConverter and give the .tflite',
  Conv3D: 'use Conv2D with the third dimension among the channels',
  LSTM: RECURRENT,
  GRU: RECURRENT,
  SimpleRNN: RECURRENT,
  Bidirectional: RECURRENT,
  RNN: RECURRENT,
  TimeDistributed: 'apply the inner layer directly (Dense works along the last dimension)',
  Embedding: 'do the look-up in front of the model and give it the vectors',
  PReLU: 'use ReLU or LeakyReLU',
  ThresholdedReLU: 'use ReLU',
  LayerNormalization: 'use BatchNormalization',
  GroupNormalization: 'use BatchNormalization',
  UnitNormalization: 'use BatchNormalization',
  MultiHeadAttention: 'use convolutions',
  Attention: 'use convolutions',
  Dot: 'use Multiply followed by a Dense layer',
  Resizing: 'resize the images in front of the model',
  CenterCrop: 'crop the images in front of the model',
  RepeatVector: 'repeat with Concatenate',
  Masking: 'give the model sequences of full length',
  LocallyConnected1D: 'use Conv1D',
  LocallyConnected2D: 'use Conv2D',
};
