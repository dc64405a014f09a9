// Everything that one pass over the samples collects, for either half of them and for all.
import { elementCount, operatorOf, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { scalableTensors } from '../equalize/channel-pairs.js';
import type { Fold } from './blocks.js';
import type { Calibration, CrossCalibration } from './calibrate.js';
import { ChannelStatistics } from './channel-statistics.js';
import { MovingRange, StatisticsCollector } from './statistics.js';

interface Watched {
  readonly parts: readonly [StatisticsCollector, StatisticsCollector];
  /** Over the samples of both, in their order. */
  readonly moving: MovingRange;
}

/** Lives as long as one calibration. */
export class Collection {
  readonly #tensors: ReadonlyMap<TensorId, Watched>;
  readonly #channels: ReadonlyMap<TensorId, readonly [ChannelStatistics, ChannelStatistics]>;
  readonly #samples: [number, number] = [0, 0];

  constructor(graph: Graph) {
    this.#tensors = new Map(
      watchedTensors(graph).map((id) => {
        const channels = tensorAt(graph, id).shape.at(-1) ?? 1;
        const parts = [new StatisticsCollector(channels), new StatisticsCollector(channels)] as const;
        return [id, { parts, moving: new MovingRange() }];
      }),
    );
    this.#channels = new Map(
      scalableTensors(graph).map((id) => {
        const channels = tensorAt(graph, id).shape.at(-1)!;
        return [id, [new ChannelStatistics(channels), new ChannelStatistics(channels)]];
      }),
    );
  }

  wants(id: TensorId): boolean {
    return this.#tensors.has(id) || this.#channels.has(id);
  }

  /** False when a value is not finite. `values`: those of tensor `id` in one sample. */
  add(id: TensorId, values: Float32Array, fold: Fold): boolean {
    const watched = this.#tensors.get(id);
    if (watched !== undefined) {
      const ends = watched.parts[fold].add(values);
      if (ends === undefined) return false;
      watched.moving.add(ends.low, ends.high);
    }
    this.#channels.get(id)?.[fold].add(values);
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
      channels: mapped(this.#channels, (parts) => ChannelStatistics.merged(parts)),
    };
    if (this.#samples.includes(0)) return { ...whole, folds: undefined };
    return { ...whole, folds: [this.#ofFold(0), this.#ofFold(1)] };
  }

  #ofFold(fold: Fold): Calibration {
    return {
      samples: this.#samples[fold],
      statistics: mapped(this.#tensors, ({ parts }) => parts[fold]),
      channels: mapped(this.#channels, (parts) => parts[fold]),
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
