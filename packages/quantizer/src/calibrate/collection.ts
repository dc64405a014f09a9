// Everything that one pass over the samples collects, for either half of them and for all.
import { elementCount, allWeightedOperands, outputRule, tensorAt, type Graph, type TensorId } from '@wherry/graph';
import { scalableTensors } from '../equalize/channel-pairs.js';
import { folds, type Fold } from './blocks.js';
import type { Calibration, CrossCalibration } from './calibrate.js';
import { ChannelStatistics, type ChannelStatisticsState } from './channel-statistics.js';
import { MovingRange, StatisticsCollector, type MovingRangeState, type StatisticsState } from './statistics.js';
import { measuresOfThisMachine } from './vectors/vector-measures.js';

interface Watched {
  readonly parts: Both<StatisticsCollector>;
  /** Over the samples of both, in their order. */
  readonly moving: MovingRange | undefined;
}

/** What is collected beside the ends, which every method needs. */
export interface Collected {
  /** For ranges that clip. */
  readonly histograms: boolean;
  /** For channels that are evened out. */
  readonly channels: boolean;
  /** For averages in the order of the samples, so that one lane has to see them all. */
  readonly moving: boolean;
}

export const everything: Collected = { histograms: true, channels: true, moving: true };

/** Lives as long as one calibration. */
export class Collection {
  readonly #measures = measuresOfThisMachine();
  readonly #tensors: ReadonlyMap<TensorId, Watched>;
  readonly #channels: ReadonlyMap<TensorId, [ChannelStatistics | undefined, ChannelStatistics | undefined]>;
  readonly #channelsIn: (id: TensorId) => number;
  readonly #samples: [number, number] = [0, 0];

  constructor(graph: Graph, { histograms, channels, moving }: Collected = everything) {
    this.#tensors = new Map(
      watchedTensors(graph).map((id) => {
        const columns = tensorAt(graph, id).shape.at(-1) ?? 1;
        const options = { histograms, moving, distinct: graph.inputs.includes(id) };
        const part = (): StatisticsCollector => new StatisticsCollector(columns, options);
        return [id, { parts: [part(), part()], moving: moving ? new MovingRange() : undefined }];
      }),
    );
    this.#channels = new Map((channels ? scalableTensors(graph) : []).map((id) => [id, [undefined, undefined]]));
    this.#channelsIn = (id) => tensorAt(graph, id).shape.at(-1)!;
  }

  wants(id: TensorId): boolean {
    return this.#tensors.has(id) || this.#channels.has(id);
  }

  /** False when a value is not finite. `values`: those of tensor `id` in one sample. */
  add(id: TensorId, values: Float32Array, fold: Fold): boolean {
    const watched = this.#tensors.get(id);
    const channels = this.#channelsOf(id, fold);
    if (watched === undefined && channels === undefined) return true;
    const measured = this.#measures.of(values);
    if (watched !== undefined) {
      const ends = watched.parts[fold].add(values, measured);
      if (ends === undefined) return false;
      watched.moving?.add(ends.low, ends.high);
    }
    channels?.add(values, measured);
    return true;
  }

  /** Made with the first sample of the fold: their bins are the most that calibration holds. */
  #channelsOf(id: TensorId, fold: Fold): ChannelStatistics | undefined {
    const parts = this.#channels.get(id);
    if (parts === undefined) return undefined;
    return (parts[fold] ??= new ChannelStatistics(this.#channelsIn(id), this.#measures));
  }

  /** Called after all tensors of a sample. */
  end(fold: Fold): void {
    this.#samples[fold] += 1;
  }

  get part(): CollectedPart {
    return {
      samples: this.#samples,
      tensors: mapped(this.#tensors, ({ parts, moving }) => ({
        parts: both(parts, ({ state }) => state),
        moving: moving?.state,
      })),
      channels: mapped(this.#channels, ([first, second]) => [first?.state, second?.state] as const),
    };
  }
}

/** Plain values, so that they can be sent. */
export interface CollectedPart {
  /** Of either fold. */
  readonly samples: readonly [number, number];
  readonly tensors: ReadonlyMap<
    TensorId,
    { readonly parts: Both<StatisticsState>; readonly moving: MovingRangeState | undefined }
  >;
  /** Undefined of a fold that had no samples. */
  readonly channels: ReadonlyMap<TensorId, Both<ChannelStatisticsState | undefined>>;
}

/** Every fold was seen by one of `collected` alone. */
export function joinCollected(collected: readonly CollectedPart[]): CrossCalibration {
  const seenBy = folds.map((fold) => collected.find(({ samples }) => samples[fold] > 0) ?? collected[0]!);
  const samples = seenBy.map((part, fold) => part.samples[fold as Fold]);
  const tensors = mapped(collected[0]!.tensors, ({ moving }, id) => ({
    parts: seenBy.map((part, fold) => StatisticsCollector.from(part.tensors.get(id)!.parts[fold as Fold])),
    moving: moving && MovingRange.from(moving),
  }));
  const channelsOf = (id: TensorId, of: readonly Fold[]): ChannelStatistics[] =>
    of.flatMap((fold) => {
      const state = seenBy[fold]!.channels.get(id)![fold];
      return state === undefined ? [] : [ChannelStatistics.from(state)];
    });
  const whole: Calibration = {
    samples: samples[0]! + samples[1]!,
    statistics: mapped(tensors, ({ parts, moving }) => StatisticsCollector.merged(parts, moving)),
    channelsOf: (id) => ChannelStatistics.merged(channelsOf(id, folds)),
  };
  if (samples.includes(0)) return { ...whole, folds: undefined };
  const ofFold = (fold: Fold): Calibration => ({
    samples: samples[fold]!,
    statistics: mapped(tensors, ({ parts }) => parts[fold]!),
    channelsOf: (id) => channelsOf(id, [fold])[0]!,
  });
  return { ...whole, folds: [ofFold(0), ofFold(1)] };
}

type Both<T> = readonly [T, T];

function both<A, B>([first, second]: Both<A>, change: (value: A) => B): Both<B> {
  return [change(first), change(second)];
}

function mapped<A, B>(map: ReadonlyMap<TensorId, A>, change: (value: A, id: TensorId) => B): Map<TensorId, B> {
  return new Map([...map].map(([id, value]) => [id, change(value, id)]));
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
    for (const { activation } of allWeightedOperands(node.kind)) watch(node.inputs[activation]!);
    node.outputs.forEach((id, output) => outputRule(node.kind, output).from === 'calibration' && watch(id));
  }
  return [...ids];
}
