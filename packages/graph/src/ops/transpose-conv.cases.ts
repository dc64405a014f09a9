// What TRANSPOSE_CONV is tried on.
import { slidingWindow } from '../arithmetic/window.js';
import { activations } from '../cases/fused-cases.js';
import { activation, bias, indices, weights } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import { dealt } from '../cases/vary.js';
import { weightedTypes } from '../cases/weighted-types.js';
import { windowCases } from '../cases/window-cases.js';
import type { TransposeConvAttributes } from './transpose-conv.js';

/** The image of a window case is the output: of several that a convolution brings to one size, all are tried. */
export const transposeConvCases: OperatorCases<TransposeConvAttributes> = {
  types: weightedTypes.filter(({ weights, bias }) => weights !== 'int4' && bias === undefined),
  cases: windowCases([[1, 1]]).map(({ padding, filter, stride, image }, i) => {
    const [height, width] = image.map((size, d) => slidingWindow(size, filter[d]!, stride[d]!, 1, padding).outputSize);
    const [batches, channels, filters] = [dealt([1, 1, 2], i), dealt([3, 1, 8], i), dealt([2, 5, 1, 4], i)];
    return {
      inputs: [
        indices([batches, ...image, filters]),
        weights([filters, ...filter, channels], i % 7 === 0 ? 'one' : 'per axis'),
        activation([batches, height!, width!, channels]),
        ...(i % 4 === 3 ? [] : [bias(filters)]),
      ],
      attributes: {
        padding,
        strideH: stride[0],
        strideW: stride[1],
        activation: i % 5 < 3 ? 'NONE' : dealt(activations, i),
      },
    };
  }),
};
