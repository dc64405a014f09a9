// Runs the float graph on samples and measures the tensors whose scale depends on data.
import { WherryError, type Engine, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';
import { judgedTensors } from '../select/judgement.js';
import type { SampleReservoir } from '../select/sample-reservoir.js';
import { blockOf } from './blocks.js';
import { openLane, type CalibrationLane, type CalibrationTask } from './calibration-lane.js';
import { CalibrationPass } from './calibration-pass.js';
import type { ChannelStatistics } from './channel-statistics.js';
import { everything, type Collected } from './collection.js';
import type { ConstancyWatch } from './constancy-watch.js';
import type { RangeParts } from './range-parts.js';
import type { TensorStatistics } from './statistics.js';

/** What calibration found: independent of the device, so done once and used for every profile. */
export interface Calibration {
  readonly samples: number;
  readonly statistics: ReadonlyMap<TensorId, TensorStatistics>;
  /** Of a tensor whose channels could be scaled, see `channelPairs`; made when it is asked for. */
  readonly channelsOf: (id: TensorId) => ChannelStatistics;
}

/** What all samples say, and what either half of them (`foldOf`) says alone: to judge by samples that chose nothing. */
export interface CrossCalibration extends Calibration {
  /** Undefined where a half is empty. */
  readonly folds: readonly [Calibration, Calibration] | undefined;
}

export interface CalibrateOptions {
  /** Samples in the stream, where that is known: then blocks of neighbours stay together. */
  readonly count?: number | undefined;
  /** Called after each sample with the number done. */
  readonly progress?: (done: number) => void;
  /** Given the outputs of every sample. */
  readonly outputs?: (outputs: readonly TensorData[]) => void;
  /** Keeps some samples, with what is judged of them, for the choice among candidates. */
  readonly reservoir?: SampleReservoir;
  /** Looks for layers that give the same for every sample. */
  readonly constancy?: ConstancyWatch;
  /** Remembers ranges of single parts of the samples. */
  readonly parts?: RangeParts;
  /** Everything, when left out. */
  readonly collected?: Collected;
  /** Other places than this thread to run on: one, or one for either fold. */
  readonly openLanes?: (task: CalibrationTask) => Promise<readonly CalibrationLane[]>;
}

/** Samples are consumed one at a time: memory does not grow with their number. Throws QUANT_NO_SAMPLES, QUANT_NOT_FINITE. */
export async function calibrate(
  graph: Graph,
  engine: Engine,
  samples: AsyncIterable<readonly TensorData[]>,
  options: CalibrateOptions = {},
): Promise<CrossCalibration> {
  const { reservoir, constancy } = options;
  const judged = reservoir === undefined ? [] : judgedTensors(graph);
  const task = { graph, collected: options.collected ?? everything, judged, sameness: constancy !== undefined };
  const lanes = await (options.openLanes?.(task) ?? openLane(engine, task).then((lane) => [lane]));
  const pass = new CalibrationPass(task, lanes, options);
  let count = 0;
  try {
    for await (const sample of samples) {
      await pass.take(sample, blockOf(count, options.count));
      count += 1;
    }
    await pass.settle();
  } finally {
    await pass.end();
  }
  if (count === 0) {
    throw new WherryError(quantizerDiagnostics.QUANT_NO_SAMPLES, {
      what: 'calibration came to the end of the data without a sample',
      next: 'give a data file or folder with at least one sample of the model input',
    });
  }
  return pass.result;
}
