// What UNIDIRECTIONAL_SEQUENCE_LSTM is tried on. The states are those of a first run; see states.spec.ts.
import { activation, bias, state, weights } from '../cases/operands.js';
import type { OperatorCases } from '../cases/operator-case.js';
import { dealt, vary } from '../cases/vary.js';
import type { UnidirectionalSequenceLstmAttributes } from './unidirectional-sequence-lstm.js';

interface Choice {
  readonly batches: number;
  readonly steps: number;
  readonly depth: number;
  readonly units: number;
  readonly timeMajor: boolean;
}

const choices = vary<Choice>({
  batches: [1, 2],
  steps: [1, 6],
  depth: [3, 8],
  units: [1, 5],
  timeMajor: [false, true],
});

export const unidirectionalSequenceLstmCases: OperatorCases<UnidirectionalSequenceLstmAttributes> = {
  cases: choices.map(({ batches, steps, depth, units, timeMajor }, i) => ({
    inputs: [
      activation([...(timeMajor ? [steps, batches] : [batches, steps]), depth], [-1, 1]),
      ...Array.from({ length: 4 }, () => weights([units, depth], 'one')),
      ...Array.from({ length: 4 }, () => weights([units, units], 'one')),
      null,
      null,
      null,
      ...Array.from({ length: 4 }, () => bias(units)),
      null,
      null,
      state([batches, units], { dtype: 'int8', scale: 0.0077, zeroPoint: dealt([0, -3, 5], i) }),
      state([batches, units], { dtype: 'int16', scale: 2 ** dealt([-12, -11, -13], i), zeroPoint: 0 }),
      null,
      null,
      null,
      null,
    ],
    attributes: { cellActivation: 'TANH', cellClip: dealt([10, 0, 0.5], i), timeMajor },
  })),
};
