// The text as compilers of several standards see it: no warnings, whatever is optimized, and the same answers.
import { spawnSync } from 'node:child_process';
import { modelNames } from '@wherry/c-source';
import { casesOf, typeName } from '@wherry/graph/cases';
import { buildFolder, describeCompiled, strictFlags, type BuildFolder } from '@wherry/testing';
import { compileModel } from './compile-model.js';
import { runCompiled } from './testing/compiled-program.js';
import { hasKernels } from './testing/has-kernels.js';
import { joinedGraph } from './testing/joined-graph.js';

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
  ] as const
).flatMap((kind) => {
  const compiled = casesOf(kind).filter(hasKernels);
  return [...new Set(compiled.map(typeName))].flatMap((type) =>
    compiled.filter((one) => typeName(one) === type).slice(0, type === 'int8' ? 5 : 1),
  );
});
const graph = joinedGraph(cases.map((one) => one.graph));
const feeds = cases.flatMap((one) => one.feeds);

const hasNoWarning = (simd: string | null) => (): void => {
  let folder: BuildFolder;
  beforeAll(() => {
    folder = buildFolder();
    const names = modelNames({ name: 'model', symbol: 'g_model' });
    const { files } = compileModel({ graph, simd, names, name: 'model', banner: [] });
    folder.write(new Map([...files].map(([file, { text }]) => [file, text])));
  });
  afterAll(() => folder.remove());

  it.each([
    ['gcc', 'c99', '-O3'],
    ['gcc', 'c11', '-Os'],
    ['gcc', 'c2x', '-O2'],
    ['g++', 'c++11', '-O2'],
    ['g++', 'c++20', '-O3'],
  ])(
    '%s -std=%s %s has no warning',
    (compiler, standard, level) => {
      const language = compiler === 'g++' ? ['-x', 'c++'] : [];
      const { status, stderr } = spawnSync(
        compiler,
        [...language, `-std=${standard}`, level, ...strictFlags, '-c', 'model.c', '-o', 'model.o'],
        { cwd: folder.path, encoding: 'utf8' },
      );
      expect(stderr).toBe('');
      expect(status).toBe(0);
    },
    120_000,
  );
};

describeCompiled('the text', hasNoWarning(null));
describeCompiled('the text with kernels for the DSP extension', hasNoWarning('Arm DSP extension'));
describeCompiled('the text with kernels for the vector unit', hasNoWarning('Arm Helium (MVE)'));

describeCompiled('the answers', () => {
  it('are those of an unoptimized program, whatever is optimized', () => {
    const [plain, fast] = [['-O0'], ['-O3']].map((flags) => {
      const folder = buildFolder();
      try {
        return runCompiled(folder, graph, [feeds], 'outputs', { flags })[0]!.map((bytes) =>
          Buffer.from(bytes).toString('hex'),
        );
      } finally {
        folder.remove();
      }
    });
    expect(fast).toEqual(plain);
  }, 120_000);
});
