// How much of the scales hangs on single classes: what each range would be without one of them.
import type { Graph, TensorId } from '@wherry/graph';
import type { Calibration } from './calibrate.js';
import { withZero } from './range.js';
import { ratioOf, type RangeParts } from './range-parts.js';
import { scaledTensors } from './steadiness.js';

export interface ClassReach {
  readonly class: number;
  readonly samples: number;
  /** The tensor whose range by minimum and maximum is widened most by this class. */
  readonly id: TensorId;
  /** How many times as wide it is. */
  readonly ratio: number;
}

/** One for each class that was met, in ascending order. Empty where nothing has a scale of its own. */
export function classReaches(
  graph: Graph,
  { statistics }: Pick<Calibration, 'statistics'>,
  parts: RangeParts,
): readonly ClassReach[] {
  const ids = scaledTensors(graph).filter((id) => statistics.has(id));
  return parts.withoutClasses.flatMap(({ class: own, samples, ranges }) => {
    const reaches = ids.map((id) => ({
      class: own,
      samples,
      id,
      ratio: ratioOf(withZero(statistics.get(id)!), ranges.get(id)!),
    }));
    return reaches.length === 0 ? [] : [reaches.reduce((one, other) => (other.ratio > one.ratio ? other : one))];
  });
}
