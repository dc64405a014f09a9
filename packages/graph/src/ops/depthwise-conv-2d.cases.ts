// What DEPTHWISE_CONV_2D is tried on.
import { weightedTypes } from '../cases/weighted-types.js';
import { depthwiseCases } from '../cases/convolution-cases.js';
import type { OperatorCases } from '../cases/operator-case.js';
import type { DepthwiseConv2dAttributes } from './depthwise-conv-2d.js';

export const depthwiseConv2dCases: OperatorCases<DepthwiseConv2dAttributes> = {
  // A bias of int16 has 64 bits.
  types: weightedTypes.filter(({ bias }) => bias === undefined),
  cases: depthwiseCases(),
};
