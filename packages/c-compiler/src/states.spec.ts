// What a compiled model keeps from run to run: where it lies, how it begins, and that a reset lets it begin again.
import { modelNames } from '@wherry/c-source';
import { byteLength, elementCount, evaluate, freshStates, statesOf, tensorAt, type TensorData } from '@wherry/graph';
import { casesOf } from '@wherry/graph/cases';
import { buildFolder, describeCompiled, type BuildFolder } from '@wherry/testing';
import { spawnSync } from 'node:child_process';
import { compileModel } from './compile-model.js';
import { bytesOf, sanitized } from './testing/compiled-program.js';
import { hasKernels } from './testing/has-kernels.js';
import { joinedGraph } from './testing/joined-graph.js';

// Of integers, whose bytes are known.
const keeping = (['SVDF', 'UNIDIRECTIONAL_SEQUENCE_LSTM'] as const).flatMap((kind) =>
  casesOf(kind).filter((one) => one.type.from === 'int8' && hasKernels(one)),
);
const graph = joinedGraph(keeping.map((one) => one.graph));
const feeds = keeping.flatMap((one) => one.feeds);
const names = modelNames({ name: 'model', symbol: 'g_model' });
const compiled = compileModel({ graph, simd: null, names, name: 'model', banner: [] });
const sizeOf = (id: number): number => byteLength(tensorAt(graph, id).dtype, elementCount(tensorAt(graph, id).shape));
const hexOf = (all: readonly TensorData[]): string =>
  all.map((one) => Buffer.from(bytesOf(one)).toString('hex')).join('');

/** Runs twice, resets, and runs once more, on the same inputs. */
function program(before: string, reset: string): string {
  const reads = graph.inputs.map((id, at) => `  memcpy(g_model_input_${at}(), fed_${at}, ${sizeOf(id)});`);
  const writes = graph.outputs.map((id, at) => `  fwrite(g_model_output_${at}(), 1, ${sizeOf(id)}, stdout);`);
  const fed = feeds.map((one, at) => `static const unsigned char fed_${at}[] = { ${bytesOf(one).join(', ')} };`);
  return `#include <stdio.h>
#include <string.h>
#include "model.h"
${fed.join('\n')}
static void once(void) {
${reads.join('\n')}
  g_model_run();
${writes.join('\n')}
}
static long long memory[(G_MODEL_RUN_BYTES + 7) / 8];
int main(void) {
  memset(memory, 165, sizeof memory);
${before}
  once();
  once();
  ${reset}
  once();
  return 0;
}
`;
}

describeCompiled('states', () => {
  let folder: BuildFolder;
  beforeEach(() => {
    folder = buildFolder();
    folder.write(new Map([...compiled.files].map(([file, { text }]) => [file, text])));
  });
  afterEach(() => folder.remove());

  const states = keeping.map((one) => freshStates(one.graph));
  const answers = (): string =>
    hexOf(keeping.flatMap((one, which) => evaluate(one.graph, one.feeds, { states: states[which]! })));
  const [first, second] = [answers(), answers()];

  it.each([
    ['a static arena', '', 'g_model_reset();', []],
    ["the caller's arena", '  g_model_use_arena(memory);', 'g_model_reset();', ['-DG_MODEL_CALLER_ARENA']],
    [
      'an arena that is handed in anew',
      '  g_model_use_arena(memory);',
      'memset(memory, 90, sizeof memory); g_model_use_arena(memory);',
      ['-DG_MODEL_CALLER_ARENA'],
    ],
  ] as const)(
    'begin, go on and begin again in %s',
    (_, before, reset, define) => {
      expect(second).not.toBe(first);
      folder.write(new Map([['main.c', program(before, reset)]]));
      folder.build(['main.c', 'model.c', ...define, ...sanitized], 'program');
      expect(folder.run('program').toString('hex')).toBe(first + second + first);
    },
    120_000,
  );

  it('are counted in the arena, which is all that is written', () => {
    folder.compile('model.c', 'c11');
    const { stdout } = spawnSync('size', ['-A', 'model.c.c11.o'], { cwd: folder.path, encoding: 'utf8' });
    const sections = [...stdout.matchAll(/^\.(?:data|bss)\s+(\d+)/gm)].map(([, bytes]) => Number(bytes));
    expect(sections.reduce((sum, bytes) => sum + bytes, 0)).toBe(compiled.memory.arena);
    const kept = statesOf(graph).reduce((sum, id) => sum + sizeOf(id), 0);
    expect(compiled.memory.withoutOverlaps).toBeGreaterThan(kept);
  });
});

it('can be reset where there are some', () => {
  const { graph: without } = casesOf('RELU').find(hasKernels)!;
  const header = (of: typeof graph): string =>
    compileModel({ graph: of, simd: null, names, name: 'model', banner: [] }).files.get('model.h')!.text;
  expect([header(graph), header(without)].map((text) => text.includes('g_model_reset(void);'))).toEqual([true, false]);
});
