// Two compiled models in one program: as files of their own, and drawn into one file, as some build systems do.
import { modelNames } from '@wherry/c-source';
import { byteLength, elementCount, evaluate, tensorAt } from '@wherry/graph';
import type { FilledCase } from '@wherry/graph/cases';
import { buildFolder, describeCompiled, strictFlags, type BuildFolder } from '@wherry/testing';
import { spawnSync } from 'node:child_process';
import { compileModel } from './compile-model.js';
import { ownName } from './emit/kernel-text.js';
import { kernelSources } from './kernel-sources.js';
import { bytesOf } from './testing/compiled-program.js';
import { joinedGraph } from './testing/joined-graph.js';
import { someCases } from './testing/some-cases.js';

/** Of integers, whose answers are the same bytes in every language. */
const casesOfIntegers = (from: number): readonly FilledCase[] =>
  someCases(from, ({ tensors }) => tensors.every(({ dtype }) => !dtype.startsWith('float')));

const models = [
  ['wake_word', casesOfIntegers(0), null],
  // Other kernels under the same names.
  ['other', casesOfIntegers(1), 'Arm DSP extension'],
] as const;

/** Feeds the one after the other from the standard input, runs both, and writes what they answer. */
function program(): string {
  const steps = models.flatMap(([name, cases]) => {
    const { inputs, outputs, graph } = ends(cases);
    const size = (id: number): number => byteLength(tensorAt(graph, id).dtype, elementCount(tensorAt(graph, id).shape));
    return [
      inputs.map((id, at) => `fread(g_${name}_input_${at}(), 1, ${size(id)}, stdin) == ${size(id)} || (bad = 1);`),
      `g_${name}_run();`,
      outputs.map((id, at) => `fwrite(g_${name}_output_${at}(), 1, ${size(id)}, stdout);`),
    ].flat();
  });
  return `int main(void) {\nint bad = 0;\n${steps.join('\n')}\nreturn bad;\n}\n`;
}

function ends(cases: readonly FilledCase[]) {
  const graph = joinedGraph(cases.map((one) => one.graph));
  return { graph, inputs: graph.inputs, outputs: graph.outputs };
}

describeCompiled('two models', () => {
  let folder: BuildFolder;
  beforeAll(() => {
    folder = buildFolder();
    for (const [name, cases, simd] of models) {
      const names = modelNames({ name, symbol: `g_${name}` });
      const { files } = compileModel({ graph: ends(cases).graph, simd, names, name, banner: [] });
      folder.write(new Map([...files].map(([file, { text }]) => [file, text])));
    }
    const [first, second] = models.map(([name]) => name);
    const drawnIn = (ending: string): string => `#include "${first}${ending}"\n#include "${second}${ending}"\n`;
    folder.write(
      new Map([
        ['apart.c', `#include <stdio.h>\n${drawnIn('.h')}${program()}`],
        ['together.c', `#include <stdio.h>\n${drawnIn('.c')}${program()}`],
      ]),
    );
  });
  afterAll(() => folder.remove());

  it.each([
    ['files of their own', 'gcc', ['-std=c99'], ['apart.c', 'wake_word.c', 'other.c']],
    ['one file of C', 'gcc', ['-std=c99'], ['together.c']],
    ['one file of C++', 'g++', ['-std=c++11', '-x', 'c++'], ['together.c']],
  ] as const)(
    'answer as the reference, compiled from %s',
    (_, compiler, language, sources) => {
      const flags = [...language, '-O1', ...strictFlags, ...sources, '-o', 'program'];
      expect(spawnSync(compiler, flags, { cwd: folder.path, encoding: 'utf8' }).stderr).toBe('');
      const feeds = models.flatMap(([, cases]) => cases.flatMap((one) => one.feeds.map(bytesOf)));
      const expected = models.flatMap(([, cases]) =>
        cases.flatMap(({ graph, feeds: own }) => evaluate(graph, own).map(bytesOf)),
      );
      expect(Buffer.compare(folder.run('program', Buffer.concat(feeds)), Buffer.concat(expected))).toBe(0);
    },
    120_000,
  );

  it('are refused by a compiler whose memory is big-endian', () => {
    const bigEndian = ['-U__BYTE_ORDER__', '-D__BYTE_ORDER__=__ORDER_BIG_ENDIAN__'];
    const [here, there] = [[], bigEndian].map((flags) =>
      spawnSync('gcc', ['-c', ...flags, 'other.c', '-o', 'other.o'], { cwd: folder.path, encoding: 'utf8' }),
    );
    expect(here!.status).toBe(0);
    expect(there!.stderr).toContain('#error "The constants of this model are for little-endian cores."');
    expect(there!.status).not.toBe(0);
  });

  it('leave room for the longest symbol in the names of kernels', () => {
    const names = Object.values(kernelSources).flatMap(({ source }) => source.text.match(/\bwherry_\w+/gi)!);
    const longest = modelNames({ name: 'model', symbol: 'g'.repeat(35) });
    expect(() => names.map((name) => ownName(name, longest))).not.toThrow();
  });

  it('leave no name to a model that would be called as a function of theirs', () => {
    spawnSync('gcc', ['-c', '-DG_OTHER_CALLER_ARENA', 'other.c', '-o', 'other.o'], { cwd: folder.path });
    const { stdout } = spawnSync('nm', ['-g', '--defined-only', 'other.o'], { cwd: folder.path, encoding: 'utf8' });
    const functions = [...stdout.matchAll(/ g_(\w+)$/gm)].map(([, name]) => name!);
    expect(functions).toEqual(expect.arrayContaining(['other_run', 'other_use_arena', 'other_output_1']));
    const free = functions.filter((name) => {
      try {
        return modelNames({ name, symbol: `g_${name}` });
      } catch {
        return false;
      }
    });
    expect(free).toEqual([]);
  });
});
