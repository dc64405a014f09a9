// Compiled models in one program of a board, and the hashes of what their layers leave there and in the reference.
import { compileModel } from '@wherry/c-compiler';
import { modelNames } from '@wherry/c-source';
import type { Board } from '@wherry/emulated-boards';
import { elementCount, evaluate, freshStates, tensorAt, type DataType, type Graph } from '@wherry/graph';
import { bytesOf, watched } from '../../packages/c-compiler/src/testing/compiled-program.js';
import { boundOf } from '../../packages/pipeline/src/made-up-inputs.js';
import { runPrinting } from './board-run.js';
import { extremeInputs } from './shared-int8-models.js';

/** FNV-1a over what each layer leaves in all runs, states kept from one to the next. */
export function referenceHashes(graph: Graph, runs: number): readonly number[] {
  const ids = watched(graph, 'layers');
  const hashes = new Map(ids.map((id) => [id, 2166136261]));
  const states = freshStates(graph);
  for (const feeds of extremeInputs(graph, runs)) {
    evaluate(graph, feeds, {
      states,
      observe: (id, data) => {
        let hash = hashes.get(id);
        if (hash === undefined) return;
        const bytes = bytesOf(data);
        for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 16777619) >>> 0;
        hashes.set(id, hash);
      },
    });
  }
  return ids.map((id) => hashes.get(id)!);
}

/** Left for the stack. */
const stackBytes = 8192;

/** What the board lacks for them; undefined: nothing. */
export function missingMemory(board: Board, graphs: readonly Graph[]): string | undefined {
  const compiled = graphs.map((graph, at) => compiledFor(board, graph, at).memory);
  const ram = stackBytes + compiled.reduce((sum, { arena }) => sum + arena, 0);
  const flash = compiled.reduce((sum, { constants }) => sum + constants, 0);
  if (ram > board.memory.ram.bytes) return `${ram} bytes of RAM, of which it has ${board.memory.ram.bytes}`;
  if (flash > board.memory.code.bytes) return `${flash} bytes of flash, of which it has ${board.memory.code.bytes}`;
  return undefined;
}

/** The hashes of all layers, one model after the other. Throws where they do not build or end. */
export async function boardHashes(board: Board, graphs: readonly Graph[], runs: number): Promise<readonly number[]> {
  const models = graphs.map((graph, at) => [...compiledFor(board, graph, at).files]);
  const { numbers } = await runPrinting(
    board,
    {
      files: [
        ...models.flat().map(([file, { text }]) => [file, text] as const),
        ['program.h', settings(graphs, runs)],
        ['hooks.h', hooks(graphs)],
      ],
      sources: ['layers.c', ...graphs.map((_, at) => `model${at}.c`)],
      flags: graphs.map((_, at) => `-DG_MODEL${at}_HOOKS="hooks.h"`),
      seconds: 3600,
    },
    () => Promise.resolve(),
  );
  return numbers;
}

function compiledFor({ simd, instructionSet }: Board, graph: Graph, at: number): ReturnType<typeof compileModel> {
  const name = `model${at}`;
  const names = modelNames({ name, symbol: `g_${name}` });
  return compileModel({ graph, simd, instructionSet, names, name, banner: [] });
}

/** Each model's own macro is the same function: layers follow each other in the order of the models. */
function hooks(graphs: readonly Graph[]): string {
  const lines = graphs.map(
    (_, at) => `#define G_MODEL${at}_AFTER_LAYER(layer, output, data, bytes) hash_layer(data, bytes)\n`,
  );
  return `#include "hash-hooks.h"\n${lines.join('')}`;
}

const typeNames: Partial<Record<DataType, string>> = {
  int8: 'int8_t',
  uint8: 'uint8_t',
  int16: 'int16_t',
  int32: 'int32_t',
  float32: 'float',
};

function settings(graphs: readonly Graph[], runs: number): string {
  const outputs = graphs.map((graph) => watched(graph, 'layers').length);
  const fills = graphs.map((graph, at) => {
    const lines = graph.inputs.map((id, input) => {
      const { dtype, shape } = tensorAt(graph, id);
      const type = typeNames[dtype];
      if (type === undefined) throw new Error(`layers.c makes up no inputs of ${dtype}`);
      const [least, end] = boundOf(graph, id);
      const bounds = dtype === 'float32' ? '' : `, ${least}, ${end - 1}`;
      return `fill_${type}(g_model${at}_input_${input}(), ${elementCount(shape)}u, run${bounds});`;
    });
    return `static void fill_${at}(uint32_t run) { ${lines.join(' ')} }`;
  });
  const networks = outputs.map((count, at) => `{fill_${at}, g_model${at}_run, ${count}u}`);
  return [
    ...graphs.map((_, at) => `#include "model${at}.h"`),
    `#define RUNS ${runs}u`,
    `#define OUTPUTS ${outputs.reduce((sum, count) => sum + count, 0)}u`,
    `#define FILLS ${fills.join(' ')}`,
    `#define NETWORKS ${networks.join(', ')}`,
    '',
  ].join('\n');
}
