// The firmware of the profiler around the model, for a board: its sources, and what a host expects of it.
import { agentProgram, type AgentProgram } from '@wherry/agent-exporter';
import { compileModel, compilerDiagnostics, type Core } from '@wherry/c-compiler';
import { modelNames } from '@wherry/c-source';
import { modelLayout, outputFormats } from '@wherry/device-protocol';
import { statesOf, WherryError } from '@wherry/graph';
import type { ExpectedDevice } from '@wherry/serial-profiler';
import { toolVersion } from '../tool.js';
import type { MeasuredModel } from './measured-model.js';

const name = 'model';

export interface AgentFirmware extends AgentProgram {
  readonly expected: ExpectedDevice;
  /** That of the model, among the sources. */
  readonly modelSource: string;
}

/** `port`: a file of the agent's ports/. Throws COMPILED_KERNEL. */
export function agentFirmware(model: MeasuredModel, core: Core, port: string, profile: string): AgentFirmware {
  const { graph, sha256 } = model;
  const { files, memory } = compiled(model, core);
  const layout = modelLayout(graph);
  const arenaBytes = memory.arena;
  const agent = agentProgram(
    {
      ...{ name, names: names(), sha256, layout, arenaBytes, profile, toolVersion },
      formats: outputFormats(graph),
      keepsStates: statesOf(graph).length > 0,
    },
    port,
  );
  const texts = [...files].map(([file, { text }]) => [file, text] as const);
  return {
    ...agent,
    files: new Map([...texts, ...agent.files]),
    expected: { model: sha256, layout, arenaBytes, profile },
    modelSource: `${name}.c`,
  };
}

const names = (): ReturnType<typeof modelNames> => modelNames({ name, symbol: 'g_model' });

function compiled(
  { graph, path }: MeasuredModel,
  { simd, instructionSet }: Core,
): Pick<ReturnType<typeof compileModel>, 'files' | 'memory'> {
  try {
    return compileModel({ graph, simd, instructionSet, names: names(), name, banner: [] });
  } catch (error) {
    if (!(error instanceof WherryError) || error.definition.code !== compilerDiagnostics.COMPILED_KERNEL.code)
      throw error;
    throw new WherryError(
      compilerDiagnostics.COMPILED_KERNEL,
      {
        ...error.details,
        next: `deploy ${path} with --runtime compiled-c, which may rewrite it, and measure the output folder; or measure on the device with --port`,
      },
      { cause: error },
    );
  }
}
