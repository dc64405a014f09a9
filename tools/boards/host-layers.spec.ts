// Compiled models on this machine under its sanitizers: what every layer leaves, bit for bit the reference. WHERRY_LAYERS=long:
// every quantized model of ../shared, and what is made of the float ones.
import { evaluate, freshStates, type TensorData } from '@wherry/graph';
import { compileModel } from '@wherry/c-compiler';
import { modelNames } from '@wherry/c-source';
import { bytesOf, runCompiled, watched } from '../../packages/c-compiler/src/testing/compiled-program.js';
import { cores } from '../../packages/c-compiler/src/testing/cores.js';
import { buildFolder, describeCompiled, describeShared, type BuildFolder } from '../testing/src/index.js';
import { compiledGraph, extremeInputs, sharedInt16Models, sharedInt8Models } from './shared-int8-models.js';
import { networkGraph, ownNetworks, thirdPartyNetworks, type SharedNetwork } from './shared-networks.js';

const runs = 100;
const flags = ['-O1', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

describeShared('compiled models', () => {
  describeCompiled('on the host', () => {
    let folder: BuildFolder;
    beforeEach(() => (folder = buildFolder()));
    afterEach(() => folder.remove());

    const all = [...thirdPartyNetworks, ...ownNetworks];
    const named = (names: readonly string[]): readonly SharedNetwork[] =>
      all.filter(({ name }) => names.includes(name));
    const isLong = process.env['WHERRY_LAYERS'] === 'long';
    const onCores = isLong ? all : named(sharedInt8Models);
    const pairs = onCores.flatMap((network) => cores.map((core) => [network.name, ...core, network] as const));
    const sixteen = isLong ? [] : named(sharedInt16Models);
    it.each([...pairs, ...sixteen.map((network) => [network.name, ...cores[0]!, network] as const)])(
      '%s leaves in every layer what the reference does, with kernels for %s',
      async (_model, _core, core, network) => {
        const graph = await networkGraph(network);
        const inputs = extremeInputs(graph, runs);
        const left = runCompiled(folder, graph, inputs, 'layers', { flags, ...core });
        const ids = watched(graph, 'layers');
        const different = new Map<string, number>();
        const states = freshStates(graph);
        inputs.forEach((feeds, run) => {
          const expected = new Map<number, TensorData>();
          evaluate(graph, feeds, { states, observe: (id, data) => expected.set(id, data.slice()) });
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
