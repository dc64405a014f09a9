// Constants are stored as float16, with a DEQUANTIZE behind each: half the file, and what GPUs compute with.
import { half, real } from '../number-format.js';
import type { Scheme } from './scheme.js';

/** A DEQUANTIZE and its tensor take about 150 bytes of the file. */
const leastElements = 80;

export const float16 = {
  name: 'float16',
  title: 'float16 constants',
  activations: real,
  weights: half,
  // As a few bytes beside the filter, they would cost much accuracy: what is added at the end is rounded for every value.
  bias: real,
  constants: half,
  leastElements,
  calibrated: false,
  otherwise: null,
} as const satisfies Scheme;
