// Cases of the convolutions: all geometries, with activations, biases and groups dealt out in turn.
import type { ActivatedConvolution } from '../arithmetic/convolution-rules.js';
import { activations } from './fused-cases.js';
import { activation, bias, weights } from './operands.js';
import type { OperatorCase } from './operator-case.js';
import { dealt } from './vary.js';
import { windowCases, type WindowCase } from './window-cases.js';

const geometries = windowCases([
  [1, 1],
  [2, 2],
  [1, 3],
]);

function attributesOf({ padding, stride, dilation }: WindowCase, i: number): ActivatedConvolution {
  return {
    padding,
    strideH: stride[0],
    strideW: stride[1],
    dilationH: dilation[0],
    dilationW: dilation[1],
    activation: dealt(activations, i),
  };
}

export function convolutionCases(): readonly OperatorCase<ActivatedConvolution>[] {
  return geometries.map((geometry, i) => {
    const [groups, groupChannels] = dealt(
      [
        [1, 3],
        [1, 1],
        [1, 8],
        [2, 2],
        [3, 1],
      ] as const,
      i,
    );
    const filters = groups * dealt([1, 2, 3], i);
    return {
      inputs: [
        activation([dealt([1, 1, 2], i), ...geometry.image, groups * groupChannels]),
        weights([filters, ...geometry.filter, groupChannels], i % 7 === 0 ? 'one' : 'per axis'),
        ...(i % 6 === 5 ? [] : [bias(filters)]),
      ],
      attributes: attributesOf(geometry, i),
    };
  });
}

export function depthwiseCases(): readonly OperatorCase<ActivatedConvolution & { readonly depthMultiplier: number }>[] {
  return geometries.map((geometry, i) => {
    const channels = dealt([3, 1, 8, 5], i);
    const depthMultiplier = dealt([1, 1, 2, 3, 1], i);
    const filters = channels * depthMultiplier;
    return {
      inputs: [
        activation([dealt([1, 1, 2], i), ...geometry.image, channels]),
        weights([1, ...geometry.filter, filters], i % 7 === 0 ? 'one' : 'per axis'),
        ...(i % 6 === 5 ? [] : [bias(filters)]),
      ],
      attributes: { ...attributesOf(geometry, i), depthMultiplier },
    };
  });
}
