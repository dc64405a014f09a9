// Nothing is quantized.
import { real } from '../number-format.js';
import type { Scheme } from './scheme.js';

export const float32 = {
  name: 'float32',
  title: 'float32 throughout',
  activations: real,
  weights: real,
  bias: real,
  constants: real,
  leastElements: 0,
  calibrated: false,
  otherwise: null,
} as const satisfies Scheme;
