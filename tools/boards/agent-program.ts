// The agent with a compiled model in it, as a program: its sources, and what a host expects of it.
import { createHash } from 'node:crypto';
import { agentProgram, type AgentProgram } from '@wherry/agent-exporter';
import { compileModel, kernelVariantOf, type Core } from '@wherry/c-compiler';
import { modelNames } from '@wherry/c-source';
import { modelLayout, outputFormats } from '@wherry/device-protocol';
import { statesOf, type Graph } from '@wherry/graph';
import type { ExpectedDevice } from '@wherry/serial-profiler';

const name = 'model';
const profile = 'host-reference';

export interface CompiledAgent extends AgentProgram {
  readonly expected: ExpectedDevice;
}

/** `port`: a file of the agent's ports/. The hash of the model is that of its text, as there is no file. */
export function compiledAgent(
  graph: Graph,
  port: string,
  { simd, instructionSet }: Core = { simd: null },
): CompiledAgent {
  const names = modelNames({ name, symbol: 'g_model' });
  const compiled = compileModel({ graph, simd, instructionSet, names, name, banner: [] });
  const texts = [...compiled.files].map(([file, { text }]) => [file, text] as const);
  const hash = createHash('sha256');
  for (const [, text] of texts) hash.update(text);
  const sha256 = hash.digest('hex');
  const layout = modelLayout(graph);
  const arenaBytes = compiled.memory.arena;
  const keepsStates = statesOf(graph).length > 0;
  const agent = agentProgram(
    {
      name,
      names,
      sha256,
      layout,
      formats: outputFormats(graph),
      keepsStates,
      arenaBytes,
      profile,
      kernels: kernelVariantOf({ simd, instructionSet }),
      toolVersion: '0.1.0',
    },
    port,
  );
  return {
    ...agent,
    files: new Map([...texts, ...agent.files]),
    expected: { model: sha256, layout, arenaBytes, profile },
  };
}
