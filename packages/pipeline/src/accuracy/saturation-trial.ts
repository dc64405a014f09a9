// Holds against each other how often a quantized graph cuts off on samples that chose its scales, and on others.
import type { Engine, Graph, Observer } from '@wherry/graph';
import { quantizeFeeds, type JudgedSample } from '@wherry/quantizer';
import { SaturationWatch, type SaturatedTensor } from './saturation-watch.js';

/** Samples of each kind that are looked at: a count over all values of a tensor needs few. */
const lookedAt = 64;
const leastSamples = 8;

export interface SaturationPair extends SaturatedTensor {
  /** The same on calibration samples. */
  readonly calibration: number;
}

export interface Saturation {
  /** Samples of each kind that were looked at, at most. */
  readonly samples: number;
  readonly tensors: readonly SaturationPair[];
}

export interface SaturationTrial {
  /** Who looks at the run of sample `index`; undefined for those that are passed over. */
  readonly observe: (index: number) => Observer | undefined;
  result(): Saturation | undefined;
}

/**
 * Runs the calibration samples that were kept to judge by: as many as one trial of a candidate may cost. The others are looked at
 * while they run anyway. `count`: of those, where it is known. Undefined where no scale was chosen by samples.
 */
export async function openSaturationTrial(
  engine: Engine,
  graph: Graph,
  calibration: readonly JudgedSample[],
  count: number | undefined,
): Promise<SaturationTrial | undefined> {
  const [own, other] = [new SaturationWatch(graph), new SaturationWatch(graph)];
  const kept = calibration.slice(0, lookedAt);
  if (!own.hasTensors || kept.length < leastSamples) return undefined;
  const executor = await engine.prepare(graph);
  try {
    for (const { inputs } of kept) await executor.run(quantizeFeeds(graph, inputs), own);
  } finally {
    executor.dispose();
  }
  let seen = 0;
  const every = count === undefined ? 1 : Math.max(1, Math.floor(count / kept.length));
  return {
    observe: (index) => {
      if (index % every !== 0 || seen >= kept.length) return undefined;
      seen += 1;
      return other;
    },
    result: () => {
      if (seen < leastSamples) return undefined;
      const before = new Map(own.tensors.map(({ id, share }) => [id, share]));
      return {
        samples: kept.length,
        tensors: other.tensors.map((each) => ({ ...each, calibration: before.get(each.id) ?? 0 })),
      };
    },
  };
}
