// Runs the float graph on samples and measures the tensors whose scale depends on data.
import { tensorAt, WherryError, type Engine, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';
import { judgedTensors } from '../select/judgement.js';
import type { SampleReservoir } from '../select/sample-reservoir.js';
import { blockOf, foldOf } from './blocks.js';
import type { ChannelStatistics } from './channel-statistics.js';
import { Collection, type Collected } from './collection.js';
import type { ConstancyWatch } from './constancy-watch.js';
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
  /** Everything, when left out. */
  readonly collected?: Collected;
}

/** Samples are consumed one at a time: memory does not grow with their number. Throws QUANT_NO_SAMPLES, QUANT_NOT_FINITE. */
export async function calibrate(
  graph: Graph,
  engine: Engine,
  samples: AsyncIterable<readonly TensorData[]>,
  options: CalibrateOptions = {},
): Promise<CrossCalibration> {
  const collection = new Collection(graph, options.collected);
  const { reservoir, constancy } = options;
  const judged = reservoir === undefined ? [] : judgedTensors(graph);
  const executor = await engine.prepare(graph);
  let count = 0;
  try {
    for await (const sample of samples) {
      const expected = new Map<TensorId, TensorData>();
      const block = blockOf(count, options.count);
      const outputs = await executor.run(sample, {
        wants: (id) => collection.wants(id) || judged.includes(id) || constancy?.wants(id) === true,
        see: (id, data) => {
          if (!collection.add(id, data as Float32Array, foldOf(block))) refuseNotFinite(graph, id, count);
          if (constancy?.wants(id) === true) constancy.see(id, data);
          if (judged.includes(id)) expected.set(id, data.slice());
        },
      });
      collection.end(foldOf(block));
      count += 1;
      constancy?.endSample();
      options.outputs?.(outputs);
      reservoir?.offer({ inputs: sample, expected: judged.map((id) => expected.get(id)!), block });
      options.progress?.(count);
    }
  } finally {
    executor.dispose();
  }
  if (count === 0) {
    throw new WherryError(quantizerDiagnostics.QUANT_NO_SAMPLES, {
      what: 'calibration came to the end of the data without a sample',
      next: 'give a data file or folder with at least one sample of the model input',
    });
  }
  return collection.result;
}

function refuseNotFinite(graph: Graph, id: TensorId, sample: number): never {
  const writer = graph.nodes.find((node) => node.outputs.includes(id));
  throw new WherryError(quantizerDiagnostics.QUANT_NOT_FINITE, {
    what: `sample ${sample} makes ${writer === undefined ? 'the input' : writer.kind} NaN or infinite`,
    where: writer?.origin ?? `input ${tensorAt(graph, id).name}`,
    next: 'check that sample and its preprocessing, then the weights of this layer',
  });
}
