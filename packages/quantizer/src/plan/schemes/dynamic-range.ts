// Filters are int8, activations stay float32 and are rounded by the kernels while the model runs ("hybrid").
import { affine, real } from '../number-format.js';
import type { Scheme } from './scheme.js';

/** As TensorFlow's converter has it: smaller filters are cheaper to compute in float. */
const leastElements = 1024;

export const dynamicRange = {
  name: 'dynamic-range',
  title: 'int8 weights, float32 activations',
  activations: real,
  weights: affine('int8', { symmetric: true, narrow: true }),
  bias: real,
  constants: real,
  leastElements,
  calibrated: false,
  otherwise: 'float32',
} as const satisfies Scheme;
