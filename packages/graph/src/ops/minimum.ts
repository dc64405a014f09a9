// MINIMUM: the lesser of two values, element by element.
import { extremum } from '../arithmetic/extremum.js';
import { defineOperator } from '../op-definition.js';

export const minimum = defineOperator<'MINIMUM', object>({
  kind: 'MINIMUM',
  summary: 'The lesser of two tensors, element by element, broadcast to each other',
  ...extremum('MINIMUM', (a, b) => a < b),
  tflm: { resolver: 'AddMinimum' },
});
