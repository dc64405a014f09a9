// Runs the float graph on samples and measures the tensors whose scale depends on data.
import {
  operatorOf,
  tensorAt,
  WherryError,
  type Engine,
  type Graph,
  type TensorData,
  type TensorId,
} from '@wherry/graph';
import { quantizerDiagnostics } from '../diagnostics.js';
import { scalableTensors } from '../equalize/channel-pairs.js';
import { judgements } from '../select/judgement.js';
import type { SampleReservoir } from '../select/sample-reservoir.js';
import { ChannelStatistics } from './channel-statistics.js';
import { StatisticsCollector, type TensorStatistics } from './statistics.js';

/** What calibration found: independent of the device, so done once and used for every profile. */
export interface Calibration {
  readonly samples: number;
  readonly statistics: ReadonlyMap<TensorId, TensorStatistics>;
  /** Of the tensors whose channels could be scaled, see `channelPairs`. */
  readonly channels: ReadonlyMap<TensorId, ChannelStatistics>;
}

export interface CalibrateOptions {
  /** Called after each sample with the number done. */
  readonly progress?: (done: number) => void;
  /** Given the outputs of every sample. */
  readonly outputs?: (outputs: readonly TensorData[]) => void;
  /** Keeps some samples, with what is judged of them, for the choice among candidates. */
  readonly reservoir?: SampleReservoir;
}

/** Samples are consumed one at a time: memory does not grow with their number. Throws QUANT_NO_SAMPLES, QUANT_NOT_FINITE. */
export async function calibrate(
  graph: Graph,
  engine: Engine,
  samples: AsyncIterable<readonly TensorData[]>,
  options: CalibrateOptions = {},
): Promise<Calibration> {
  const collectors = collectorsOf(graph);
  const channels = new Map(
    scalableTensors(graph).map((id) => [id, new ChannelStatistics(tensorAt(graph, id).shape.at(-1)!)]),
  );
  const { reservoir } = options;
  const judged = reservoir === undefined ? [] : judgements(graph).map(({ id }) => id);
  const executor = await engine.prepare(graph);
  let count = 0;
  try {
    for await (const sample of samples) {
      const expected = new Map<TensorId, TensorData>();
      const outputs = await executor.run(sample, {
        wants: (id) => collectors.has(id) || channels.has(id) || judged.includes(id),
        see: (id, data) => {
          if (collectors.get(id)?.add(data as Float32Array) === false) refuseNotFinite(graph, id, count);
          channels.get(id)?.add(data as Float32Array);
          if (judged.includes(id)) expected.set(id, data.slice());
        },
      });
      count += 1;
      options.outputs?.(outputs);
      reservoir?.offer(
        sample,
        judged.map((id) => expected.get(id)!),
      );
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
  return { samples: count, statistics: collectors, channels };
}

/** Graph inputs, calibrated outputs, and whatever a weighted operator reads (its mean corrects the bias). */
function collectorsOf(graph: Graph): Map<TensorId, StatisticsCollector> {
  const collectors = new Map<TensorId, StatisticsCollector>();
  const watch = (id: TensorId): void => {
    const { dtype, shape, data } = tensorAt(graph, id);
    if (dtype !== 'float32' || data !== undefined || collectors.has(id)) return;
    collectors.set(id, new StatisticsCollector(shape.at(-1) ?? 1));
  };
  graph.inputs.forEach(watch);
  for (const node of graph.nodes) {
    const { quantization } = operatorOf(node.kind);
    if (quantization.weights !== undefined) watch(node.inputs[0]!);
    if (quantization.output.from === 'calibration') node.outputs.forEach(watch);
  }
  return collectors;
}

function refuseNotFinite(graph: Graph, id: TensorId, sample: number): never {
  const writer = graph.nodes.find((node) => node.outputs.includes(id));
  throw new WherryError(quantizerDiagnostics.QUANT_NOT_FINITE, {
    what: `sample ${sample} makes ${writer === undefined ? 'the input' : writer.kind} NaN or infinite`,
    where: writer?.origin ?? `input ${tensorAt(graph, id).name}`,
    next: 'check that sample and its preprocessing, then the weights of this layer',
  });
}
