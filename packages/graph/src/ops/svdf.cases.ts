// What SVDF is tried on. The state is that of a first run; what is kept from run to run is tried in states.spec.ts.
import { activations } from '../cases/fused-cases.js';
import { activation, bias, state, weights } from '../cases/operands.js';
import type { OperatorCase, OperatorCases } from '../cases/operator-case.js';
import { dealt, vary } from '../cases/vary.js';
import type { SvdfAttributes } from './svdf.js';

interface Choice {
  readonly batches: number;
  readonly depth: number;
  readonly units: number;
  readonly rank: number;
  readonly length: number;
}

const fused: readonly OperatorCase<SvdfAttributes>[] = activations
  .slice(1)
  .map((one) => ({
    inputs: [
      activation([2, 5]),
      weights([4, 5], 'one'),
      weights([4, 3], 'one'),
      bias(2),
      state([2, 12], { dtype: 'int8', scale: 1, zeroPoint: 0 }),
    ],
    attributes: { rank: 2, activation: one },
    only: ['float32'],
  }));

export const svdfCases: OperatorCases<SvdfAttributes> = {
  cases: [
    ...fused,
    ...vary<Choice>({ batches: [1, 2], depth: [3, 16], units: [4, 1], rank: [1, 2], length: [1, 8] }).flatMap(
      ({ batches, depth, units, rank, length }, i) =>
        (['int8', 'int16'] as const).map((dtype) => ({
          inputs: [
            activation([batches, depth]),
            weights([units * rank, depth], 'one'),
            weights([units * rank, length], 'one', dtype),
            bias(units),
            state(
              [batches, units * rank * length],
              dtype === 'int8'
                ? { dtype, scale: depth / 16, zeroPoint: dealt([-20, 0, 31], i) }
                : { dtype, scale: depth / 3000, zeroPoint: 0 },
            ),
          ],
          // LiteRT takes RELU alone, and an int8 state for int16: that is not asked of it.
          attributes: {
            rank,
            activation: dtype === 'int16' && batches * units === 8 ? ('RELU' as const) : ('NONE' as const),
          },
        })),
    ),
  ],
};
