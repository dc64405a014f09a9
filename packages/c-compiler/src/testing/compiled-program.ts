// A compiled model as a program of the host: it reads inputs and writes what is left of each run.
import { modelNames } from '@wherry/c-source';
import { byteLength, elementCount, tensorAt, type Graph, type TensorData, type TensorId } from '@wherry/graph';
import type { BuildFolder } from '@wherry/testing';
import { compileModel } from '../compile-model.js';
import type { Core } from '../kernel-variant.js';

export const sanitized = ['-O0', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'] as const;

/** What every layer, or every output, leaves in each run: bytes in the order of the nodes' outputs. */
export function runCompiled(
  folder: BuildFolder,
  graph: Graph,
  runs: readonly (readonly TensorData[])[],
  watch: 'layers' | 'outputs',
  {
    flags = sanitized,
    compiler = 'gcc',
    ...core
  }: Partial<Core> & { readonly flags?: readonly string[]; readonly compiler?: 'gcc' | 'clang' } = {},
): readonly (readonly Uint8Array[])[] {
  const names = modelNames({ name: 'model', symbol: 'g_model' });
  const { files } = compileModel({ graph, simd: null, ...core, names, name: 'model', banner: ['A test.'] });
  folder.write(new Map([...files].map(([file, { text }]) => [file, text])));
  folder.write(
    new Map([
      ['hooks.h', hooks],
      ['main.c', mainFile(graph, runs.length, watch)],
    ]),
  );
  const define = watch === 'layers' ? ['-DG_MODEL_HOOKS="hooks.h"'] : [];
  folder.build(['main.c', 'model.c', ...define, ...flags, '-lm'], 'program', compiler);
  const output = folder.run('program', Buffer.concat(runs.flat().map(bytesOf)));
  let at = 0;
  const left = runs.map(() => watched(graph, watch).map((id) => output.subarray(at, (at += sizeOf(graph, id)))));
  if (at !== output.length) throw new Error(`${output.length} bytes came, ${at} should have`);
  return left;
}

export function bytesOf({ buffer, byteOffset, byteLength: length }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** The tensors that a run leaves, in their order. */
export function watched(graph: Graph, watch: 'layers' | 'outputs'): readonly TensorId[] {
  return watch === 'outputs' ? graph.outputs : graph.nodes.flatMap(({ outputs }) => outputs);
}

function sizeOf(graph: Graph, id: TensorId): number {
  const { dtype, shape } = tensorAt(graph, id);
  return byteLength(dtype, elementCount(shape));
}

const hooks = `#include <stdio.h>
#define G_MODEL_AFTER_LAYER(layer, output, data, bytes) fwrite(data, 1, (size_t)(bytes), stdout)
`;

function mainFile(graph: Graph, runs: number, watch: 'layers' | 'outputs'): string {
  const reads = graph.inputs.map((id, at) => {
    const bytes = sizeOf(graph, id);
    return `    if (fread(g_model_input_${at}(), 1, ${bytes}, stdin) != ${bytes}) return 1;`;
  });
  const writes = graph.outputs.map((id, at) => `    fwrite(g_model_output_${at}(), 1, ${sizeOf(graph, id)}, stdout);`);
  return `#include <stdio.h>
#include "model.h"
int main(void) {
  int run;
  for (run = 0; run < ${runs}; ++run) {
${reads.join('\n')}
    g_model_run();
${watch === 'outputs' ? writes.join('\n') : ''}
  }
  return 0;
}
`;
}
