// The firmware of the profiler around the model, for a board: its sources, and what a host expects of it.
import {
  agentProgram,
  agentProject,
  type AgentKit,
  type AgentModel,
  type AgentProgram,
  type KitDevice,
} from '@wherry/agent-exporter';
import { compileModel, kernelVariantOf, type CompiledMemory, type Core } from '@wherry/c-compiler';
import { modelNames } from '@wherry/c-source';
import { modelLayout, outputFormats } from '@wherry/device-protocol';
import { statesOf } from '@wherry/graph';
import type { ExpectedDevice } from '@wherry/serial-profiler';
import { toolVersion } from '../tool.js';
import type { MeasuredModel } from './measured-model.js';

/** What firmware calls the model in it. */
export const modelName = 'model';
export const modelSymbol = 'g_model';

export interface AgentFirmware extends AgentProgram {
  readonly expected: ExpectedDevice;
  /** The model calls functions of math.h. */
  readonly callsMath: boolean;
  /** That of the model, among the sources. */
  readonly modelSource: string;
}

/** `port`: a file of the agent's ports/. Throws COMPILED_KERNEL. */
export function agentFirmware(model: MeasuredModel, core: Core, port: string, profile: string): AgentFirmware {
  const { about, files, memory } = compiledModel(model, core, profile);
  const { sha256, layout, arenaBytes } = about;
  const agent = agentProgram(about, port);
  return {
    ...agent,
    files: new Map([...files, ...agent.files]),
    expected: { model: sha256, layout, arenaBytes, profile },
    callsMath: memory.callsMath,
    modelSource: `${modelName}.c`,
  };
}

/** All files of a project that somebody's kit builds, with the model as C. Throws COMPILED_KERNEL. */
export function compiledFirmware(
  model: MeasuredModel,
  core: Core,
  kit: AgentKit,
  { profile, device }: { readonly profile: string; readonly device: KitDevice },
): { readonly files: ReadonlyMap<string, string>; readonly memory: CompiledMemory } {
  const { about, files, memory } = compiledModel(model, core, profile);
  const project = agentProject(about, kit, device);
  const own = files.map(([file, text]) => [`${project.modelFolder}/${file}`, text] as const);
  return { files: new Map([...project.files, ...own]), memory };
}

function compiledModel(
  model: MeasuredModel,
  core: Core,
  profile: string,
): {
  readonly memory: CompiledMemory;
  readonly about: AgentModel;
  readonly files: readonly (readonly [string, string])[];
} {
  const { graph, sha256 } = model;
  const { files, memory } = compiled(model, core);
  return {
    about: {
      ...{
        name: modelName,
        names: names(),
        sha256,
        layout: modelLayout(graph),
        arenaBytes: memory.arena,
        profile,
        toolVersion,
      },
      kernels: kernelVariantOf(core),
      formats: outputFormats(graph),
      keepsStates: statesOf(graph).length > 0,
    },
    files: [...files].map(([file, { text }]) => [file, text] as const),
    memory,
  };
}

const names = (): ReturnType<typeof modelNames> => modelNames({ name: modelName, symbol: modelSymbol });

function compiled(
  { graph }: MeasuredModel,
  { simd, instructionSet }: Core,
): Pick<ReturnType<typeof compileModel>, 'files' | 'memory'> {
  return compileModel({ graph, simd, instructionSet, names: names(), name: modelName, banner: [] });
}
