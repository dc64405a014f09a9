// What is faster for a convolution over one channel, by runtime. Facts, measured: instructions of the kernels in QEMU, GCC 12.2 -O2.
import type { OneChannelKind, OneChannelLayer } from './one-channel-convolutions.js';

/**
 * CMSIS-NN (July 2026) without MVE, on Cortex-M4 and, without its DSP instructions, M3. Its depthwise kernel goes through four
 * filters at a time where their number is a multiple of 4 (0.42 to 0.8 of the convolution's instructions for 4 and 8 filters, 0.92
 * to 1.0 for 16), and one value at a time where it is not (1.7 times as many for 6 or 7 filters of 3x3); the convolution gathers its patch
 * once, which pays from 20 filters on. The fingerprint model of silabs-mltk (8 filters of 5x5): 14.5 against 10.6 M. A convolution
 * also takes scratch memory for its patches, this depthwise one none.
 */
export function onCmsisNn({ outputs }: OneChannelLayer): OneChannelKind {
  return outputs % 4 === 0 && outputs <= 16 ? 'DEPTHWISE_CONV_2D' : 'CONV_2D';
}

/** CMSIS-NN with MVE (Cortex-M55): its depthwise kernel turns the filter round on each run and does the convolution. */
export function onCmsisNnWithMve(): OneChannelKind {
  return 'CONV_2D';
}

/** TensorFlow Lite Micro's reference kernels: 3 to 7 % fewer instructions as depthwise, however many filters. */
export function onReferenceKernels(): OneChannelKind {
  return 'DEPTHWISE_CONV_2D';
}
