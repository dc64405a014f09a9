// The text as compilers of several standards see it: no warnings, whatever is optimized, and the same answers.
import { spawnSync } from 'node:child_process';
import { modelNames } from '@wherry/c-source';
import { casesOf, typeName } from '@wherry/graph/cases';
import { buildFolder, describeCompiled, strictFlags, type BuildFolder, type HostCompiler } from '@wherry/testing';
import { compileModel } from './compile-model.js';
import type { Core } from './kernel-variant.js';
import { runCompiled } from './testing/compiled-program.js';
import { anyCore, specialCores } from './testing/cores.js';
import { hasKernels } from './testing/has-kernels.js';
import { joinedGraph } from './testing/joined-graph.js';
import { someCases } from './testing/some-cases.js';

/** Kernels whose loops depend on their settings, in several of int8 and one of each other type. */
const cases = (
  [
    'CONV_2D',
    'DEPTHWISE_CONV_2D',
    'FULLY_CONNECTED',
    'ADD',
    'AVERAGE_POOL_2D',
    'SOFTMAX',
    'CONCATENATION',
    'RESIZE_BILINEAR',
    'QUANTIZE',
    'DEQUANTIZE',
    'MUL',
    'MAXIMUM',
    'MAX_POOL_2D',
    'MEAN',
    'LEAKY_RELU',
    'RELU',
    'RELU6',
    'LOGISTIC',
    'TANH',
    'CAST',
    'SHAPE',
    'TOPK_V2',
    'GATHER',
    'DIV',
    'HARD_SWISH',
    'PRELU',
    'BATCH_MATMUL',
    'SVDF',
    'UNIDIRECTIONAL_SEQUENCE_LSTM',
    'TRANSPOSE_CONV',
    'SUB',
  ] as const
).flatMap((kind) => {
  const compiled = casesOf(kind).filter(hasKernels);
  return [...new Set(compiled.map(typeName))].flatMap((type) =>
    compiled.filter((one) => typeName(one) === type).slice(0, type === 'int8' ? 5 : 1),
  );
});
const all = [...cases, ...someCases(0), ...someCases(1)];
const graph = joinedGraph(all.map((one) => one.graph));
/** Exponentials of floats are the library's, which is another one on 32 bits. */
const exact = all.filter(({ type: { from, to = from } }) => from !== 'float32' && to !== 'float32');

/** Compiler, standard and options of each, by what has to be there. */
const compilations: { readonly [K in HostCompiler]?: readonly (readonly string[])[] } = {
  'gcc and g++': [
    ['gcc', '-std=c99', '-O3', '-Wcast-align=strict'],
    ['gcc', '-std=c11', '-Os'],
    ['gcc', '-std=c17', '-O2'],
    ['gcc', '-std=c2x', '-O2'],
    ['g++', '-std=c++11', '-O2'],
    ['g++', '-std=c++17', '-O2'],
    ['g++', '-std=c++20', '-O3'],
  ],
  clang: [
    ['clang', '-std=c99', '-O2'],
    ['clang', '-std=c2x', '-Os'],
    ['clang++', '-std=c++17', '-O2'],
  ],
  'gcc -m32': [
    ['gcc', '-m32', '-std=c99', '-O2', '-Wcast-align=strict'],
    ['gcc', '-m32', '-std=c17', '-O3'],
  ],
};

/** Kernels for a core have plain code for compilers of other machines. */
const hasNoWarning = (core: Core, each: readonly (readonly string[])[]) => (): void => {
  let folder: BuildFolder;
  beforeAll(() => {
    folder = buildFolder();
    const names = modelNames({ name: 'model', symbol: 'g_model' });
    const { files } = compileModel({ graph, ...core, names, name: 'model', banner: [] });
    folder.write(new Map([...files].map(([file, { text }]) => [file, text])));
  });
  afterAll(() => folder.remove());

  it.each(each.map((one) => [one.join(' '), one] as const))(
    '%s has no warning',
    (_, [compiler, ...flags]) => {
      const language = compiler!.endsWith('++') ? ['-x', 'c++'] : [];
      const { status, stderr } = spawnSync(
        compiler!,
        [...language, ...flags, ...strictFlags, '-c', 'model.c', '-o', 'model.o'],
        { cwd: folder.path, encoding: 'utf8' },
      );
      expect(stderr).toBe('');
      expect(status).toBe(0);
    },
    120_000,
  );
};

describe.each(Object.entries(compilations) as [HostCompiler, string[][]][])('%s', (needed, each) => {
  describeCompiled('the text', hasNoWarning(anyCore, each), needed);
  // Most kernels are the same there.
  const some = [each[0]!, each.at(-1)!];
  for (const [name, core] of specialCores)
    describeCompiled(`the text with kernels for ${name}`, hasNoWarning(core, some), needed);
});

const exactGraph = joinedGraph(exact.map((one) => one.graph));
const feeds = exact.flatMap((one) => one.feeds);
/** What an unoptimized program of gcc answers. */
let plain: string | undefined;

describe.each<readonly [HostCompiler, 'gcc' | 'clang', readonly string[]]>([
  ['gcc and g++', 'gcc', ['-O3']],
  ['clang', 'clang', ['-O2']],
  // As the boards have it: floats of 32 bits, which the older unit of this machine would widen.
  ['gcc -m32', 'gcc', ['-m32', '-O2', '-msse2', '-mfpmath=sse']],
])('%s', (needed, compiler, flags) => {
  describeCompiled(
    'the answers',
    () => {
      it('are those of an unoptimized program', () => {
        const answers = (...[by, options]: readonly ['gcc' | 'clang', readonly string[]]): string => {
          const folder = buildFolder();
          try {
            const [outputs] = runCompiled(folder, exactGraph, [feeds], 'outputs', { flags: options, compiler: by });
            return outputs!.map((bytes) => Buffer.from(bytes).toString('hex')).join('\n');
          } finally {
            folder.remove();
          }
        };
        plain ??= answers('gcc', ['-O0']);
        expect(answers(compiler, flags)).toBe(plain);
      }, 120_000);
    },
    needed,
  );
});
