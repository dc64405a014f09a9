// int8 activations and 4-bit weights, two in a byte; what has no such kernel is int8.
import { affine } from '../number-format.js';
import type { Scheme } from './scheme.js';

export const int4 = {
  name: 'int4',
  title: 'int4 weights, int8 activations',
  activations: affine('int8'),
  weights: affine('int4', { symmetric: true, narrow: true }),
  bias: affine('int32', { symmetric: true }),
  constants: affine('int8'),
  leastElements: 0,
  calibrated: true,
  otherwise: 'int8',
} as const satisfies Scheme;
