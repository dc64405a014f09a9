// The firmware that answers the profiler, around a compiled model: its sources, and what is compiled with which flags.
import type { ModelNames } from '@wherry/c-source';
import type { ElementFormat, ModelLayout } from '@wherry/device-protocol';
import { agentSources } from './agent-sources.js';
import { modelHeader } from './model-header.js';

export interface AgentModel {
  /** Its file NAME.h, NAME.c. */
  readonly name: string;
  readonly names: ModelNames;
  /** SHA-256 of the .tflite. */
  readonly sha256: string;
  readonly layout: ModelLayout;
  /** Of each output. */
  readonly formats: readonly ElementFormat[];
  /** Its inferences go on from each other. */
  readonly keepsStates: boolean;
  readonly arenaBytes: number;
  /** The id of the profile that it was made for. */
  readonly profile: string;
  readonly toolVersion: string;
}

export interface AgentProgram {
  /** By path, beside which the model's own files belong. */
  readonly files: ReadonlyMap<string, string>;
  /** Those to be compiled, the model among them. */
  readonly sources: readonly string[];
  /** Of all of them; paths begin where those of the files do. */
  readonly flags: readonly string[];
}

/** `port`: a file of the agent's ports/. Throws RangeError where there is none of that name. */
export function agentProgram(model: AgentModel, port: string): AgentProgram {
  const portFile = [`ports/${port}.c`, `ports/${port}.cpp`].find((path) => path in agentSources);
  if (portFile === undefined) throw new RangeError(`the agent has no port ${port}`);
  const isOther = (path: string): boolean =>
    (path.startsWith('ports/') && path !== portFile) || path === 'backends/tflite-micro.cc';
  const taken = Object.entries(agentSources).filter(([path]) => !isOther(path));
  const files = taken.map(([path, text]) => [`agent/${path}`, text] as const);
  return {
    files: new Map([...files, ['agent-model.h', modelHeader(model).text]]),
    sources: [...files.map(([path]) => path).filter((path) => /\.(c|cpp)$/.test(path)), `${model.name}.c`],
    flags: ['-I.', `-D${model.names.macro('HOOKS').text}="agent/backends/compiled-hooks.h"`],
  };
}
