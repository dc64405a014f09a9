// What FULLY_CONNECTED is tried on.
import { fusedCases } from '../cases/fused-cases.js';
import { activation, bias, weights } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import { vary } from '../cases/vary.js';
import { weightedTypes } from '../cases/weighted-types.js';
import type { Shape } from '../ir.js';
import type { FullyConnectedAttributes } from './fully-connected.js';

export const fullyConnectedCases: OperatorCases<FullyConnectedAttributes> = {
  types: weightedTypes,
  cases: fusedCases([
    ...vary<{ input: Shape; units: number; scales: 'one' | 'per axis'; biased: boolean }>({
      input: [
        [1, 5],
        [3, 16],
        [2, 3, 7],
      ],
      units: [1, 9],
      scales: ['one', 'per axis'],
      biased: [true, false],
    }).map(({ input, units, scales, biased }) => ({
      inputs: [activation(input), weights([units, input.at(-1)!], scales), ...(biased ? [bias(units)] : [])],
    })),
    // The vectors are counted out of all values, or stay where they are.
    { inputs: [activation([2, 3, 4]), weights([5, 12]), bias(5)] },
    { inputs: [activation([2, 3, 4]), weights([5, 4]), bias(5)], attributes: { keepNumDims: true } },
    { inputs: [activation([1, 2, 3, 4]), weights([2, 4], 'one')], attributes: { keepNumDims: true } },
    { inputs: [activation([6]), weights([3, 6]), null] },
    // It says something of real activations only.
    ...(['one', 'per axis'] as const).map((scales) => ({
      inputs: [activation([3, 16], [-2, 8]), weights([9, 16], scales), bias(9)],
      attributes: { asymmetricQuantizeInputs: true },
      only: ['float32'] as const,
    })),
  ]),
};
