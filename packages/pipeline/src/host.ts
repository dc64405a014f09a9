// The surroundings of a run on this machine: the tool's version and its engines.
import { availableParallelism } from 'node:os';
import { referenceEngine, WherryError, type Engine } from '@wherry/graph';
import type { DeployHost } from './deployment.js';
import { pipelineDiagnostics } from './diagnostics.js';
import { engineByNumbers } from './engine-by-numbers.js';
import { laneCount } from './lanes/lane-count.js';
import { laneEngine } from './lanes/lane-engine.js';
import { startLane } from './lanes/lane-thread.js';
import { toolVersion, type EngineName } from './tool.js';

export interface HostOptions {
  readonly signal?: AbortSignal | undefined;
  /** Threads to run large models on; as many as are worth it when left out. The output is the same for any number. */
  readonly lanes?: 0 | 1 | 2 | undefined;
  readonly keepImported?: boolean;
}

/**
 * `wasm` gives the same bytes on every machine; `node` is the native backend where it is installed; `reference` is slow and plain.
 * Throws SETTING_UNUSED for lanes that only the first has.
 */
export function deployHost(engine: EngineName = 'wasm', options: HostOptions = {}): DeployHost {
  const { signal, keepImported = false } = options;
  if (engine !== 'wasm' && (options.lanes ?? 0) > 0) refuseLanes(engine);
  return {
    toolVersion,
    keepImported,
    ...(signal === undefined ? {} : { signal }),
    engine: (): Promise<Engine> =>
      engine === 'reference' ? Promise.resolve(referenceEngine) : engineByNumbers(engine),
    lanes: (graph, samples) => {
      // The native engine has threads of its own.
      if (engine !== 'wasm') return undefined;
      const count = options.lanes ?? laneCount(graph, samples, availableParallelism());
      return count === 0 ? undefined : laneEngine('tfjs-wasm', count, () => startLane('wasm', signal));
    },
  };
}

function refuseLanes(engine: EngineName): never {
  throw new WherryError(pipelineDiagnostics.SETTING_UNUSED, {
    what: `workers are asked for, and the engine ${engine} ${engine === 'node' ? 'has threads of its own' : 'runs on one thread'}`,
    next: 'leave --workers away, or take --engine wasm',
  });
}
