// Cases of the pools.
import type { PoolAttributes } from '../arithmetic/pooling.js';
import { activations } from './fused-cases.js';
import { activation } from './operands.js';
import type { OperatorCase } from './operator-case.js';
import { dealt } from './vary.js';
import { windowCases } from './window-cases.js';

export function poolCases(): readonly OperatorCase<PoolAttributes>[] {
  return windowCases([[1, 1]]).map(({ padding, filter, stride, image }, i) => ({
    inputs: [activation([1 + (i % 2), ...image, dealt([1, 3, 8], i)])],
    attributes: {
      padding,
      strideH: stride[0],
      strideW: stride[1],
      filterH: filter[0],
      filterW: filter[1],
      activation: dealt(activations, i),
    },
  }));
}
