// What an inference costs: executed instructions where the clock counts those, otherwise time.
import type { TensorData } from '@wherry/graph';
import type { Session } from '@wherry/serial-profiler';
import { bytesOf } from './tensor-bytes.js';

export interface MeasuredCost {
  /** Executed instructions are no time: what a chip takes for them depends on its memory and its pipeline. */
  readonly unit: 'instructions' | 'ms';
  /** Of one inference: the median of the windows, the least and the most. */
  readonly inference: number;
  readonly least: number;
  readonly most: number;
  readonly windows: number;
  /** In each window. */
  readonly inferences: number;
  /** Of each operator in one inference; null where there was more than the device counts. */
  readonly operators: readonly (number | null)[];
}

const countedRuns = 2;

/** Throws what the session throws. */
export async function measureCost(session: Session, feeds: readonly TensorData[]): Promise<MeasuredCost> {
  const inputs = feeds.map(bytesOf);
  const { clockHz } = session.identity;
  const amount = (ticks: number): number => (clockHz === 0 ? ticks : (1000 * ticks) / clockHz);
  const runs: number[] = [];
  let operators: readonly (number | null)[] = [];
  for (let run = 0; run < countedRuns; run++) {
    const timed = await session.time(inputs, { count: 1, warmUp: 1 });
    runs.push(amount(timed.ticks));
    operators = timed.operators.map((ticks) => (ticks === null ? null : amount(ticks)));
  }
  const sorted = runs.toSorted((a, b) => a - b);
  return {
    unit: clockHz === 0 ? 'instructions' : 'ms',
    inference: sorted[0]!,
    least: sorted[0]!,
    most: sorted.at(-1)!,
    windows: countedRuns,
    inferences: 1,
    operators,
  };
}
