// Everything is int8, as the TFLite 8-bit quantization specification has it: no float island anywhere.
import { affine } from '../number-format.js';
import type { Scheme } from './scheme.js';

export const int8 = {
  name: 'int8',
  title: 'int8 throughout',
  activations: affine('int8'),
  weights: affine('int8', { symmetric: true, narrow: true }),
  bias: affine('int32', { symmetric: true }),
  constants: affine('int8'),
  leastElements: 0,
  calibrated: true,
  otherwise: null,
} as const satisfies Scheme;
