// Compiled models on this machine under its sanitizers: what every layer leaves, bit for bit the reference.
import { evaluate, type TensorData } from '@wherry/graph';
import { compileModel } from '@wherry/c-compiler';
import { modelNames } from '@wherry/c-source';
import { bytesOf, runCompiled, watched } from '../../packages/c-compiler/src/testing/compiled-program.js';
import { cores } from '../../packages/c-compiler/src/testing/cores.js';
import { buildFolder, describeCompiled, describeShared, type BuildFolder } from '../testing/src/index.js';
import { compiledGraph, extremeInputs, sharedInt16Models, sharedInt8Models } from './shared-int8-models.js';

const runs = 100;
const flags = ['-O1', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

describeShared('compiled models', () => {
  describeCompiled('on the host', () => {
    let folder: BuildFolder;
    beforeEach(() => (folder = buildFolder()));
    afterEach(() => folder.remove());

    const pairs = sharedInt8Models.flatMap((model) => cores.map((core) => [model, ...core] as const));
    it.each([...pairs, ...sharedInt16Models.map((model) => [model, ...cores[0]!] as const)])(
      '%s leaves in every layer what the reference does, with kernels for %s',
      async (model, _, core) => {
        const graph = await compiledGraph(model);
        const inputs = extremeInputs(graph, runs);
        const left = runCompiled(folder, graph, inputs, 'layers', { flags, ...core });
        const ids = watched(graph, 'layers');
        const different = new Map<string, number>();
        inputs.forEach((feeds, run) => {
          const expected = new Map<number, TensorData>();
          evaluate(graph, feeds, { observe: (id, data) => expected.set(id, data) });
          ids.forEach((id, at) => {
            if (Buffer.compare(bytesOf(expected.get(id)!), left[run]![at]!) === 0) return;
            const { name } = graph.tensors[id]!;
            different.set(name, (different.get(name) ?? 0) + 1);
          });
        });
        expect([...different]).toEqual([]);
      },
      300_000,
    );
  });

  it.each(sharedInt8Models)('%s: the same text each time', async (model) => {
    const graph = await compiledGraph(model);
    const text = (): string[] => {
      const names = modelNames({ name: 'model', symbol: 'g_model' });
      return [...compileModel({ graph, simd: null, names, name: 'model', banner: [] }).files.values()].map(
        (file) => file.text,
      );
    };
    expect(text()).toEqual(text());
  });
});
