// What is done with one sample, and what comes of all samples of one or both halves: here, or on another thread.
import type { Engine, Graph, TensorData, TensorId } from '@wherry/graph';
import type { Fold } from './blocks.js';
import { Collection, type Collected, type CollectedPart } from './collection.js';
import { Sameness, type SamenessPart } from './sameness.js';

/** What calibration asks of a graph. A plain value, so that it can be sent. */
export interface CalibrationTask {
  readonly graph: Graph;
  readonly collected: Collected;
  /** Tensors whose float values are wanted of every sample. */
  readonly judged: readonly TensorId[];
  /** Look for tensors that are the same for every sample. */
  readonly sameness: boolean;
}

export interface SeenSample {
  readonly outputs: readonly TensorData[];
  /** Of `judged`, in that order. */
  readonly expected: readonly TensorData[];
  /** Least and greatest value of each of `watchedTensors`, one after the other. */
  readonly ends: Float32Array;
  /** The first tensor that has a value which is not finite; the lane is of no use any more. */
  readonly notFinite: TensorId | undefined;
}

/** Plain values, so that they can be sent. */
export interface LanePart {
  readonly collected: CollectedPart;
  readonly sameness: SamenessPart | undefined;
}

/** Samples of a fold come in their order. */
export interface CalibrationLane {
  add(sample: readonly TensorData[], fold: Fold): Promise<SeenSample>;
  /** Called once, after the last sample or a failure. */
  end(): Promise<LanePart>;
}

/** A lane on an engine of this thread. */
export async function openLane(engine: Engine, task: CalibrationTask): Promise<CalibrationLane> {
  const { graph, judged } = task;
  const collection = new Collection(graph, task.collected);
  const sameness = task.sameness ? new Sameness(graph) : undefined;
  const executor = await engine.prepare(graph);
  return {
    add: async (sample, fold) => {
      const expected = new Map<TensorId, TensorData>();
      let notFinite: TensorId | undefined;
      const outputs = await executor.run(sample, {
        wants: (id) => collection.wants(id) || judged.includes(id) || sameness?.wants(id) === true,
        see: (id, data) => {
          if (!collection.add(id, data as Float32Array, fold)) notFinite ??= id;
          if (sameness?.wants(id) === true) sameness.see(id, data);
          if (judged.includes(id)) expected.set(id, data.slice());
        },
      });
      const ends = collection.end(fold);
      return { outputs, expected: judged.map((id) => expected.get(id)!), ends, notFinite };
    },
    end: () => {
      executor.dispose();
      return Promise.resolve({ collected: collection.part, sameness: sameness?.part });
    },
  };
}
