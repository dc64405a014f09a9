// The surroundings of a run on this machine: the tool's version and its engines.
import { referenceEngine, type Engine } from '@wherry/graph';
import type { DeployHost } from './deployment.js';
import { engineByNumbers } from './engine-by-numbers.js';
import { toolVersion, type EngineName } from './tool.js';

/** `wasm` gives the same bytes on every machine; `node` is the native backend where it is installed; `reference` is slow and plain. */
export function deployHost(engine: EngineName = 'wasm', signal?: AbortSignal): DeployHost {
  return {
    toolVersion,
    ...(signal === undefined ? {} : { signal }),
    engine: (): Promise<Engine> =>
      engine === 'reference' ? Promise.resolve(referenceEngine) : engineByNumbers(engine),
  };
}
