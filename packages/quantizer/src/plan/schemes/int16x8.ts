// int16 activations around 0, int8 weights, int64 biases; what has no such kernel is int8 between two conversions.
import { affine } from '../number-format.js';
import type { Scheme } from './scheme.js';

export const int16x8 = {
  name: 'int16x8',
  title: 'int16 activations, int8 weights',
  activations: affine('int16', { symmetric: true }),
  weights: affine('int8', { symmetric: true, narrow: true }),
  bias: affine('int64', { symmetric: true }),
  constants: affine('int16', { symmetric: true }),
  leastElements: 0,
  calibrated: true,
  otherwise: 'int8',
} as const satisfies Scheme;
