// Everything that one pass over the samples collects, for either half of them and for all.
import { elementCount, operatorOf, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { scalableTensors } from '../equalize/channel-pairs.js';
import type { Fold } from './blocks.js';
import type { Calibration, CrossCalibration } from './calibrate.js';
import { ChannelStatistics } from './channel-statistics.js';
import { MovingRange, StatisticsCollector } from './statistics.js';
import { measuresOfThisMachine } from './vectors/vector-measures.js';

interface Watched {
  readonly parts: readonly [StatisticsCollector, StatisticsCollector];
  /** Over the samples of both, in their order. */
  readonly moving: MovingRange;
}

/** What is collected beside the ends, which every method needs. */
export interface Collected {
  /** For ranges that clip. */
  readonly histograms: boolean;
  /** For channels that are evened out. */
  readonly channels: boolean;
}

export const everything: Collected = { histograms: true, channels: true };

/** Lives as long as one calibration. */
export class Collection {
  readonly #measures = measuresOfThisMachine();
  readonly #tensors: ReadonlyMap<TensorId, Watched>;
  readonly #channels: ReadonlyMap<TensorId, readonly [ChannelStatistics, ChannelStatistics]>;
  readonly #samples: [number, number] = [0, 0];

  constructor(graph: Graph, { histograms, channels }: Collected = everything) {
    this.#tensors = new Map(
      watchedTensors(graph).map((id) => {
        const columns = tensorAt(graph, id).shape.at(-1) ?? 1;
        const part = (): StatisticsCollector => new StatisticsCollector(columns, new MovingRange(), histograms);
        return [id, { parts: [part(), part()], moving: new MovingRange() }];
      }),
    );
    this.#channels = new Map(
      (channels ? scalableTensors(graph) : []).map((id) => {
        const part = (): ChannelStatistics => new ChannelStatistics(tensorAt(graph, id).shape.at(-1)!, this.#measures);
        return [id, [part(), part()]];
      }),
    );
  }

  wants(id: TensorId): boolean {
    return this.#tensors.has(id) || this.#channels.has(id);
  }

  /** False when a value is not finite. `values`: those of tensor `id` in one sample. */
  add(id: TensorId, values: Float32Array, fold: Fold): boolean {
    const watched = this.#tensors.get(id);
    const channels = this.#channels.get(id);
    if (watched === undefined && channels === undefined) return true;
    const measured = this.#measures.of(values);
    if (watched !== undefined) {
      const ends = watched.parts[fold].add(values, measured);
      if (ends === undefined) return false;
      watched.moving.add(ends.low, ends.high);
    }
    channels?.[fold].add(values, measured);
    return true;
  }

  /** Called after all tensors of a sample. */
  end(fold: Fold): void {
    this.#samples[fold] += 1;
  }

  get result(): CrossCalibration {
    const whole: Calibration = {
      samples: this.#samples[0] + this.#samples[1],
      statistics: mapped(this.#tensors, ({ parts, moving }) => StatisticsCollector.merged(parts, moving)),
      channelsOf: (id) => ChannelStatistics.merged(this.#channels.get(id)!),
    };
    if (this.#samples.includes(0)) return { ...whole, folds: undefined };
    return { ...whole, folds: [this.#ofFold(0), this.#ofFold(1)] };
  }

  #ofFold(fold: Fold): Calibration {
    return {
      samples: this.#samples[fold],
      statistics: mapped(this.#tensors, ({ parts }) => parts[fold]),
      channelsOf: (id) => this.#channels.get(id)![fold],
    };
  }
}

function mapped<A, B>(map: ReadonlyMap<TensorId, A>, change: (value: A) => B): Map<TensorId, B> {
  return new Map([...map].map(([id, value]) => [id, change(value)]));
}

/** Graph inputs, calibrated outputs, and whatever a weighted operator reads (its mean corrects the bias). */
function watchedTensors(graph: Graph): TensorId[] {
  const ids = new Set<TensorId>();
  const watch = (id: TensorId): void => {
    const { dtype, shape, data } = tensorAt(graph, id);
    if (dtype === 'float32' && data === undefined && elementCount(shape) > 0) ids.add(id);
  };
  graph.inputs.forEach(watch);
  for (const node of graph.nodes) {
    const { quantization } = operatorOf(node.kind);
    if (quantization.weights !== undefined) watch(node.inputs[0]!);
    if (quantization.output.from === 'calibration') node.outputs.forEach(watch);
  }
  return [...ids];
}
