// What an inference costs: executed instructions where the clock counts those, otherwise time.
import { diagnose, type Diagnostic, type TensorData } from '@wherry/graph';
import {
  clockTolerance,
  smallUncertainty,
  timeWindows,
  usualWindows,
  type ClockTest,
  type Session,
  type WindowPolicy,
} from '@wherry/serial-profiler';
import { percent } from '../report/numbers.js';
import { measureDiagnostics } from './diagnostics.js';
import { bytesOf } from './tensor-bytes.js';

export interface MeasuredCost {
  /** Executed instructions are no time: what a chip takes for them depends on its memory and its pipeline. */
  readonly unit: 'instructions' | 'ms';
  /** Of one inference: the median of the windows, the least and the most. */
  readonly inference: number;
  readonly least: number;
  readonly most: number;
  /** The median of how far the windows are from their median. */
  readonly mad: number;
  readonly windows: number;
  /** In all windows. */
  readonly inferences: number;
  /** Of each operator in one inference; null where there was more than the device counts. */
  readonly operators: readonly (number | null)[];
  /** Rate of the device's clock by that of this machine, where it was tested: a fraction of the stated one. */
  readonly clockRate: number | null;
  /** How exact that is: a fraction as well. */
  readonly clockUncertainty: number | null;
}

/** The clock of a device is held against that of this machine for no longer: to a thousandth on a usual line. */
const clockWindowMs = 3000;

/** Throws what the session throws, and DEVICE_CLOCK for a clock that does not run as stated. */
export async function measureCost(
  session: Session,
  feeds: readonly TensorData[],
  policy: WindowPolicy = usualWindows,
): Promise<MeasuredCost> {
  const clock = await session.testClock(Math.min(clockWindowMs, policy.windowMs));
  const { unit, inference, windows, inferences, operators } = await timeWindows(session, feeds.map(bytesOf), policy);
  return {
    unit,
    inference: inference.median,
    least: inference.least,
    most: inference.most,
    mad: inference.mad,
    windows,
    inferences,
    operators: operators.map((each) => each?.median ?? null),
    ...clockFigures(clock),
  };
}

export function clockFigures(test: ClockTest | null): Pick<MeasuredCost, 'clockRate' | 'clockUncertainty'> {
  if (test === null) return { clockRate: null, clockUncertainty: null };
  return { clockRate: test.measuredHz / test.statedHz, clockUncertainty: test.uncertainty };
}

/** A line that is too slow for a clock to be tested on. */
export function clockWarnings(cost: Pick<MeasuredCost, 'clockUncertainty'> | null): readonly Diagnostic[] {
  const uncertainty = cost?.clockUncertainty ?? 0;
  if (uncertainty <= smallUncertainty) return [];
  return [
    diagnose(measureDiagnostics.MEASURED_CLOCK, {
      what: `on this line the clock of the device was tested to ${percent(uncertainty, 1)} alone: times may be wrong by ${percent(clockTolerance + uncertainty, 1)}`,
      next: 'use a faster line, or one with less in between, and measure again where it matters',
    }),
  ];
}
