// MAXIMUM: the greater of two values, element by element.
import { extremum } from '../arithmetic/extremum.js';
import { defineOperator } from '../op-definition.js';

export const maximum = defineOperator<'MAXIMUM', object>({
  kind: 'MAXIMUM',
  summary: 'The greater of two tensors, element by element, broadcast to each other',
  ...extremum('MAXIMUM', (a, b) => a > b),
  tflm: { resolver: 'AddMaximum' },
});
