// Whose weight is whose: names with slashes, parts with layers of the same names, frozen parts, names that tell nothing.
import { tensorAt, type Graph } from '@wherry/graph';
import { kerasFile, layer, sequential, type TestFile, type TestWeight } from '../testing/keras-file.js';
import { refusalOf } from '../testing/refusal-of.js';
import { importKeras, type ImportedKeras } from './import-keras.js';

async function load(file: TestFile): Promise<ImportedKeras> {
  return importKeras(await kerasFile(file));
}

const scale = (name: string, trainable = true): object =>
  layer('Dense', { name, units: 1, use_bias: false, trainable });

const part = (name: string, trainable: boolean, ...layers: readonly object[]): object =>
  layer('Sequential', { name, trainable, layers });

const one = (name: string, value: number): TestWeight => ({ name, shape: [1, 1], data: [value] });

/** Kernel values by the path of the layer. */
function kernels({ graph }: { readonly graph: Graph }): Readonly<Record<string, number>> {
  return Object.fromEntries(
    graph.nodes.map((node) => [node.origin, Number(tensorAt(graph, node.inputs[1]!).data![0])]),
  );
}

const codes = ({ warnings }: ImportedKeras): readonly string[] => warnings.map(({ code }) => code);

describe('weights of a Keras file', () => {
  it('are found under names with slashes, which are paths in the file', async () => {
    const names = ['fire2/squeeze1x1', 'fire2', 'fire2/squeeze1x1/again'];
    const imported = await load({
      config: sequential([1], ...names.map((name) => scale(name))),
      weights: Object.fromEntries(names.map((name, i) => [name, [one(`${name}/kernel:0`, i + 2)]])),
    });
    expect(kernels(imported)).toEqual({ 'fire2/squeeze1x1': 2, fire2: 3, 'fire2/squeeze1x1/again': 4 });
    expect(codes(imported)).toEqual([]);
  });

  const twins = sequential([1], part('core', true, part('a', false, scale('fc', false)), part('b', true, scale('fc'))));

  it.each([
    ['Keras 3, the trained part first', '3.0.0', 'b/fc/kernel', 'a/fc/kernel'],
    ['built inside of models of other names', '3.0.0', 'old/core/b/fc/kernel', 'old/core/a/fc/kernel'],
    ['one of them named without its part', '3.0.0', 'b/fc/kernel', 'fc/kernel'],
    ['Keras 2', '2.15.0', 'core/b/fc/kernel:0', 'core/a/fc/kernel:0'],
  ])('of two parts with layers of the same names are told apart: %s', async (_what, kerasVersion, first, second) => {
    const imported = await load({ config: twins, kerasVersion, weights: { core: [one(first, 7), one(second, 5)] } });
    expect(kernels(imported)).toEqual({ 'core/a/fc': 5, 'core/b/fc': 7 });
    expect(codes(imported)).toEqual([]);
  });

  it('go by their names where the order contradicts, and say so', async () => {
    const imported = await load({ config: twins, weights: { core: [one('a/fc/kernel', 5), one('b/fc/kernel', 7)] } });
    expect(kernels(imported)).toEqual({ 'core/a/fc': 5, 'core/b/fc': 7 });
    expect(codes(imported)).toEqual(['KERAS_WEIGHTS_AMBIGUOUS']);
  });

  it('go by the order in which Keras loads them where names do not tell, and say so', async () => {
    const imported = await load({ config: twins, weights: { core: [one('x/fc/kernel', 7), one('y/fc/kernel', 5)] } });
    expect(kernels(imported)).toEqual({ 'core/a/fc': 5, 'core/b/fc': 7 });
    expect(imported.warnings[0]!.what).toMatch(/x\/fc\/kernel/);
  });

  /** A frozen model with one layer that is trained: Keras 2 lists that one first, Keras 3 keeps the order of the layers. */
  it.each([
    ['2.15.0', { 'm/p': 3, 'm/q': 2 }],
    ['3.0.0', { 'm/p': 2, 'm/q': 3 }],
  ])('of a frozen part lie as Keras %s saves them', async (kerasVersion, expected) => {
    const imported = await load({
      config: sequential([1], part('m', false, scale('p', false), scale('q', true))),
      kerasVersion,
      weights: { m: [one('u/kernel', 2), one('v/kernel', 3)] },
    });
    expect(kernels(imported)).toEqual(expected);
  });

  it('are taken in the order of the layers where the file has other names of layers, and say so', async () => {
    const imported = await load({
      config: sequential([1], scale('new_1'), scale('new_2')),
      weights: { old_1: [one('old_1/kernel:0', 2)], old_2: [one('old_2/kernel:0', 3)] },
    });
    expect(kernels(imported)).toEqual({ new_1: 2, new_2: 3 });
    expect(codes(imported)).toEqual(['KERAS_WEIGHTS_AMBIGUOUS']);
  });

  it('of other names than the layer are no ambiguity within one layer', async () => {
    const imported = await load({ config: sequential([1], scale('new')), weights: { new: [one('old/kernel:0', 2)] } });
    expect(kernels(imported)).toEqual({ new: 2 });
    expect(codes(imported)).toEqual([]);
  });

  it('leave out states of random generators, which some releases save among them', async () => {
    const imported = await load({
      config: sequential([1], part('m', true, layer('RandomFlip', { name: 'flip' }), scale('p'))),
      weights: { m: [one('p/kernel:0', 2), { name: 'flip/StateVar:0', shape: [3], data: [1, 2, 3] }] },
    });
    expect(kernels(imported)).toEqual({ 'm/p': 2 });
  });

  it('of a layer that two inner parts share are held once, which is refused with what helps', async () => {
    const bytes = await kerasFile({
      config: sequential([1], part('core', true, part('a', true, scale('fc')), part('b', true, scale('fc')))),
      weights: { core: [one('fc/kernel:0', 2)] },
    });
    expect(refusalOf(() => importKeras(bytes))).toMatch(/KERAS_WEIGHTS_MISMATCH[^]*share a layer[^]*TFLiteConverter/);
  });

  it('are refused where their names contradict the layer', async () => {
    const norm = layer('BatchNormalization', { name: 'n', axis: -1 });
    const names = ['beta', 'gamma', 'gamma', 'moving_variance'];
    const bytes = await kerasFile({
      config: sequential([1], norm),
      weights: { n: names.map((name, i) => ({ name: `${i}/${name}:0`, shape: [1], data: [1] })) },
    });
    expect(refusalOf(() => importKeras(bytes))).toMatch(/KERAS_WEIGHTS_MISMATCH: the weight in the place of its gamma/);
  });
});
