// The agent with a compiled model in it, as a program: its sources, and the header that says what is in the model.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileModel } from '@wherry/c-compiler';
import { modelNames } from '@wherry/c-source';
import { modelLayout, type ExpectedDevice } from '@wherry/serial-profiler';
import type { Graph } from '@wherry/graph';

export const agentSources = join(import.meta.dirname, '..', '..', 'apps', 'device-agent', 'src');

export interface AgentProgram {
  readonly files: ReadonlyMap<string, string>;
  /** Those to be compiled, with what they are compiled with besides. */
  readonly sources: readonly string[];
  readonly flags: readonly string[];
  readonly expected: ExpectedDevice;
}

/** `port`: a file of the agent's ports/. */
export function agentProgram(graph: Graph, port: string, simd: string | null = null): AgentProgram {
  const { files: model, memory } = compile(graph, simd);
  const texts = [...model].map(([name, { text }]) => [name, text] as const);
  const hash = createHash('sha256')
    .update(texts.map(([, text]) => text).join(''))
    .digest('hex');
  const agent = readdirSync(agentSources, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[ch]$/.test(name))
    .map((name) => [`agent/${name}`, readFileSync(join(agentSources, name), 'utf8')] as const);
  const layout = modelLayout(graph);
  const expected = { model: hash, layout, arenaBytes: memory, profile: 'host-reference' };
  return {
    files: new Map([...texts, ...agent, ['agent-model.h', modelHeader(expected)]]),
    sources: ['agent', 'line', 'digest', 'stack', 'backends/compiled', `ports/${port}`]
      .map((name) => `agent/${name}.c`)
      .concat('model.c'),
    flags: ['-I.', '-DG_MODEL_HOOKS="agent/backends/compiled-hooks.h"'],
    expected,
  };
}

function compile(
  graph: Graph,
  simd: string | null,
): { files: ReturnType<typeof compileModel>['files']; memory: number } {
  const names = modelNames({ name: 'model', symbol: 'g_model' });
  const compiled = compileModel({ graph, simd, names, name: 'model', banner: [] });
  return { files: compiled.files, memory: compiled.memory.arena };
}

function modelHeader({ model, layout, arenaBytes, profile }: ExpectedDevice): string {
  const { inputs, outputs, operators, tensors } = layout;
  const most = Math.max(
    ...tensors.map(({ operator }) => tensors.filter((other) => other.operator === operator).length),
  );
  const cases = (kind: string, sizes: readonly number[], type: string): string =>
    sizes
      .map(
        (bytes, at) =>
          `    case ${at}: place.data = (${type} *)g_model_${kind}_${at}(); place.length = ${bytes}u; break;`,
      )
      .join('\n');
  const place = (kind: string, struct: string, sizes: readonly number[], type: string): string =>
    `static struct ${struct} wherry_model_${kind}(unsigned position) {
  struct ${struct} place;
  switch (position) {
${cases(kind, sizes, type)}
    default: place.data = NULL; place.length = 0; break;
  }
  return place;
}
`;
  return `#include "model.h"
#define WHERRY_MODEL_HASH {${model
    .match(/../g)!
    .map((byte) => `0x${byte}`)
    .join(', ')}}
#define WHERRY_MODEL_TOOL "0.1.0"
#define WHERRY_MODEL_PROFILE "${profile}"
#define WHERRY_MODEL_ARENA ${arenaBytes}u
#define WHERRY_MODEL_INPUTS ${inputs.length}
#define WHERRY_MODEL_OUTPUTS ${outputs.length}
#define WHERRY_MODEL_OPERATORS ${operators}
#define WHERRY_MODEL_TENSORS ${tensors.length}
#define WHERRY_MODEL_MOST_OUTPUTS ${most}
#define WHERRY_MODEL_RUN g_model_run
static const uint16_t wherry_model_operator_of[] = {${tensors.map(({ operator }) => operator).join(', ')}};
${place('input', 'wherry_room', inputs, 'uint8_t')}
${place('output', 'wherry_bytes', outputs, 'const uint8_t')}`;
}
