// The firmware that answers the profiler, around a model: its sources, and what is compiled with which flags.
import type { CFragment, ModelNames } from '@wherry/c-source';
import type { ElementFormat, ModelLayout } from '@wherry/device-protocol';
import { agentSources } from './agent-sources.js';
import { interpretedHeader } from './interpreted-header.js';
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
  /** Which of the kernels it was compiled with. */
  readonly kernels: string;
}

export interface AgentProgram {
  /** By path, beside which the model's own files belong. */
  readonly files: ReadonlyMap<string, string>;
  /** Those to be compiled, the model among them. */
  readonly sources: readonly string[];
  /** Of all of them; paths begin where those of the files do. */
  readonly flags: readonly string[];
}

/** A model that TensorFlow Lite Micro runs, from its bytes. */
export interface InterpretedAgentModel extends Pick<
  AgentModel,
  'name' | 'names' | 'sha256' | 'arenaBytes' | 'profile' | 'toolVersion'
> {
  /** As device profiles name it. */
  readonly runtime: string;
  /** Of the file: those of its main subgraph, and the codes that it lists. */
  readonly operators: number;
  readonly operatorCodes: number;
  /** Of all inputs together. */
  readonly inputBytes: number;
}

/** `port`: a file of the agent's ports/. Throws RangeError where there is none of that name. */
export function agentProgram(model: AgentModel, port: string): AgentProgram {
  return {
    ...withPort(port, 'backends/compiled', modelHeader(model), [`${model.name}.c`]),
    flags: ['-I.', `-D${model.names.macro('HOOKS').text}="agent/backends/compiled-hooks.h"`],
  };
}

/** Of a firmware that TensorFlow Lite Micro is in. Throws as `agentProgram` does. */
export function interpretedProgram(model: InterpretedAgentModel, port: string): AgentProgram {
  const data = [`${model.name}_data.cc`];
  return { ...withPort(port, 'backends/tflite-micro', interpretedHeader(model), data), flags: ['-I.'] };
}

function withPort(
  port: string,
  backend: string,
  header: CFragment,
  ofModel: readonly string[],
): Pick<AgentProgram, 'files' | 'sources'> {
  const portFile = [`ports/${port}.c`, `ports/${port}.cpp`].find((path) => path in agentSources);
  if (portFile === undefined) throw new RangeError(`the agent has no port ${port}`);
  const isTaken = (path: string): boolean =>
    path === portFile || (path.startsWith('backends/') ? path.startsWith(backend) : !path.startsWith('ports/'));
  const files = Object.entries(agentSources)
    .filter(([path]) => isTaken(path))
    .map(([path, text]) => [`agent/${path}`, text] as const);
  return {
    files: new Map([...files, ['agent-model.h', header.text]]),
    sources: [...files.map(([path]) => path).filter((path) => /\.(c|cc|cpp)$/.test(path)), ...ofModel],
  };
}
