// A plan from a calibration, for the tests of this package: full int8 by min-max, if nothing else is said.
import type { Graph } from '@wherry/graph';
import type { Calibration } from '../calibrate/calibrate.js';
import type { RangeChoice } from '../calibrate/range.js';
import { chooseRanges } from '../plan/choose-ranges.js';
import { plan, type PlanOptions } from '../plan/plan.js';
import type { QuantizationPlan } from '../plan/quantization-plan.js';

export interface PlannedOptions extends PlanOptions {
  readonly range: RangeChoice;
}

export const usual: PlannedOptions = {
  scheme: 'int8',
  range: { method: 'min-max', percentile: 99.99 },
  granularity: () => 'per-axis',
  inputType: 'own',
  outputType: 'own',
};

export function planned(graph: Graph, calibration: Calibration, more: Partial<PlannedOptions> = {}): QuantizationPlan {
  const { range, ...options } = { ...usual, ...more };
  return plan(graph, chooseRanges(graph, calibration, range), options);
}
