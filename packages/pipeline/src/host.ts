// The surroundings of a run on this machine: the tool's version and its engines.
import { differentiableEngine } from '@wherry/engine-tfjs/differentiable';
import { availableParallelism } from 'node:os';
import { referenceEngine, WherryError, type Engine } from '@wherry/graph';
import type { DeployHost } from './deployment.js';
import { pipelineDiagnostics } from './diagnostics.js';
import { engineByNumbers } from './engine-by-numbers.js';
import { laneCount } from './lanes/lane-count.js';
import { laneEngine } from './lanes/lane-engine.js';
import { startLane, type LaneThread } from './lanes/lane-thread.js';
import { toolVersion, type EngineName } from './tool.js';

export interface HostOptions {
  readonly signal?: AbortSignal | undefined;
  /** Threads to run large models on; as many as are worth it when left out. The output is the same for any number. */
  readonly lanes?: 0 | 1 | 2 | undefined;
  readonly keepImported?: boolean;
  readonly keepEvidence?: boolean;
}

/** Of a model file: fewer bytes are seldom a model that is worth a thread. */
const largeFileBytes = 2 ** 22;

/**
 * `wasm` gives the same bytes on every machine; `node` is the native backend where it is installed; `reference` is slow and plain.
 * Throws SETTING_UNUSED for lanes that only the first has.
 */
export function deployHost(engine: EngineName = 'wasm', options: HostOptions = {}): DeployHost {
  const { signal, keepImported = false, keepEvidence = false } = options;
  if (engine !== 'wasm' && (options.lanes ?? 0) > 0) refuseLanes(engine);
  // The native engine has threads of its own.
  const most = engine === 'wasm' ? (options.lanes ?? Math.min(2, availableParallelism())) : 0;
  const warm: LaneThread[] = [];
  let here: Promise<Engine> | undefined;
  const load = (): Promise<Engine> =>
    (here ??= engine === 'reference' ? Promise.resolve(referenceEngine) : engineByNumbers(engine));
  return {
    toolVersion,
    keepImported,
    keepEvidence,
    ...(signal === undefined ? {} : { signal }),
    expect: (modelBytes) => {
      if (most > 0 && modelBytes >= largeFileBytes) {
        while (warm.length < most) warm.push(startLane('wasm', signal));
      } else load().catch(() => undefined);
    },
    engine: load,
    differentiable: () => (engine === 'reference' ? refuseGradients() : differentiableEngine(engine)),
    lanes: (graph, samples) => {
      const count = Math.min(most, options.lanes ?? laneCount(graph, samples, availableParallelism()));
      return count === 0 ? undefined : laneEngine('tfjs-wasm', count, () => warm.shift() ?? startLane('wasm', signal));
    },
    rest: async () => {
      await Promise.all(warm.splice(0).map((thread) => thread.end()));
    },
  };
}

function refuseGradients(): never {
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: 'the engine reference is asked for, and it takes no gradients',
    next: 'leave --engine away, or take --engine node where it is installed',
  });
}

function refuseLanes(engine: EngineName): never {
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: `workers are asked for, and the engine ${engine} ${engine === 'node' ? 'has threads of its own' : 'runs on one thread'}`,
    next: 'leave --workers away, or take --engine wasm',
  });
}
