// The surroundings of a run on this machine: the tool's version and its engines.
import { createRequire } from 'node:module';
import { referenceEngine, type Engine } from '@wherry/graph';
import type { DeployHost } from './deployment.js';
import { engineByNumbers } from './engine-by-numbers.js';

export const engineNames = ['wasm', 'node', 'reference'] as const;
export type EngineName = (typeof engineNames)[number];

export const toolVersion: string = (createRequire(import.meta.url)('../package.json') as { readonly version: string })
  .version;

/** `wasm` gives the same bytes on every machine; `node` is the native backend where it is installed; `reference` is slow and plain. */
export function deployHost(engine: EngineName = 'wasm', signal?: AbortSignal): DeployHost {
  return {
    toolVersion,
    ...(signal === undefined ? {} : { signal }),
    engine: (): Promise<Engine> =>
      engine === 'reference' ? Promise.resolve(referenceEngine) : engineByNumbers(engine),
  };
}
