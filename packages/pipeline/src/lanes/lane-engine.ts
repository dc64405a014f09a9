// An engine whose graphs run on lanes: several samples at once, and nothing of it in this thread's memory.
import { type Engine, type Executor, type Graph, type Observer, type TensorData, type TensorId } from '@wherry/graph';
import type { CalibrationLane, CalibrationTask } from '@wherry/quantizer';
import type { LaneClient } from './lane-client.js';
import type { LaneThread } from './lane-thread.js';

/** Runs under way for each lane: one is computed while the next is on its way. */
const ahead = 2;

export interface LaneEngine extends Engine {
  /** One lane, or one for either half of the samples. */
  openCalibration(task: CalibrationTask): Promise<readonly CalibrationLane[]>;
  /** Ends the threads: what they hold is given back, and new ones start when they are needed. */
  rest(): Promise<void>;
}

/** `name`: that of the engine on every lane. */
export function laneEngine(name: string, count: number, start: () => LaneThread): LaneEngine {
  let threads: readonly LaneThread[] = [];
  let nextExecutor = 0;
  const clients = (): readonly LaneClient[] => {
    if (threads.length === 0) threads = Array.from({ length: count }, start);
    return threads.map(({ client }) => client);
  };
  return {
    name,
    // Starting a thread throws where the run was interrupted.
    prepare: (graph) => new Promise((resolve) => resolve(new LaneExecutor(graph, nextExecutor++, clients()))),
    openCalibration: async (task) => {
      // An average in the order of the samples is one lane's work.
      const lanes = clients().slice(0, task.collected.moving ? 1 : 2);
      return await Promise.all(lanes.map((client) => openCalibration(client, task)));
    },
    rest: async () => {
      const ended = threads;
      threads = [];
      await Promise.all(ended.map((thread) => thread.end()));
    },
  };
}

async function openCalibration(client: LaneClient, task: CalibrationTask): Promise<CalibrationLane> {
  await client.ask('openCalibration', task);
  return {
    add: (sample, fold) => client.ask('calibrate', { sample, fold }),
    end: () => client.ask('endCalibration', undefined),
  };
}

/** Prepared on a lane when it first runs there. */
class LaneExecutor implements Executor {
  readonly atOnce: number;
  readonly #prepared = new Map<LaneClient, Promise<undefined>>();

  constructor(
    private readonly graph: Graph,
    private readonly number: number,
    private readonly lanes: readonly LaneClient[],
  ) {
    this.atOnce = lanes.length * ahead;
  }

  async run(feeds: readonly TensorData[], observer?: Observer): Promise<readonly TensorData[]> {
    const lane = this.lanes.reduce((least, each) => (each.waiting < least.waiting ? each : least));
    const preparing = this.#prepared.get(lane) ?? lane.ask('prepare', { executor: this.number, graph: this.graph });
    this.#prepared.set(lane, preparing);
    // Not awaited before the run is asked for: a lane answers in order.
    preparing.catch(() => undefined);
    const wanted = observer === undefined ? [] : this.#observable().filter((id) => observer.wants(id));
    const answer = lane.ask('run', { executor: this.number, feeds, wanted });
    answer.catch(() => undefined);
    await preparing;
    const { outputs, seen } = await answer;
    for (const [id, data] of seen) observer!.see(id, data);
    return outputs;
  }

  dispose(): void {
    for (const lane of this.#prepared.keys())
      void lane.ask('dispose', { executor: this.number }).catch(() => undefined);
    this.#prepared.clear();
  }

  #observable(): TensorId[] {
    return [...new Set([...this.graph.inputs, ...this.graph.nodes.flatMap(({ outputs }) => outputs)])];
  }
}
