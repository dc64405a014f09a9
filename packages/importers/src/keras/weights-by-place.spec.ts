// Which weights of an archive go to which layer: by class and number, in and out of nested models.
import { importModel } from '../import-model.js';
import { kerasArchive, type TestArchive } from '../testing/keras-archive-file.js';
import { layer, sequential } from '../testing/keras-file.js';
import { refusalOf } from '../testing/refusal-of.js';
import { snakeCase } from './weights-by-place.js';

const dense = (name: string, more = {}): object =>
  layer('Dense', { name, units: 1, use_bias: false, activation: 'linear', ...more });

/** Weights of one Dense layer of a single number. */
const one = (value: number): number[][] => [[value]];

async function constantsOf(archive: Omit<TestArchive, 'shapes'>): Promise<Record<string, number>> {
  const places = Object.keys(archive.weights);
  const shapes = Object.fromEntries(places.map((place) => [place, archive.weights[place]!.map(() => [1, 1])]));
  const { graph } = importModel(await kerasArchive({ ...archive, shapes }));
  const constants = graph.tensors.flatMap(({ name, data, dtype }) =>
    data === undefined || dtype !== 'float32' ? [] : [[name, Number(data[0])] as const],
  );
  return Object.fromEntries(constants);
}

it('counts the layers of a class in their order, whatever they are called', async () => {
  const config = sequential([1], dense('zebra'), layer('ReLU', { name: 'r' }), dense('dense'), dense('a/b'));
  const weights = { 'layers/dense': one(3), 'layers/dense_1': one(5), 'layers/dense_2': one(7) };
  const expected = { 'zebra/kernel': 3, 'dense/kernel': 5, 'a/b/kernel': 7 };
  expect(await constantsOf({ config, weights })).toEqual(expected);
  expect(await constantsOf({ config, weights, separator: '\\' })).toEqual(expected);
  expect(await constantsOf({ config, weights, separator: '\\', varsInName: true })).toEqual(expected);
});

it('counts within each model alone', async () => {
  const part = (name: string): object => ({
    class_name: 'Sequential',
    config: { name, layers: [layer('InputLayer', { batch_input_shape: [null, 1], name: `${name}_in` }), dense('d')] },
  });
  const config = sequential([1], part('second'), dense('d'), part('first'));
  const weights = {
    'layers/sequential/layers/dense': one(3),
    'layers/dense': one(5),
    'layers/sequential_1/layers/dense': one(7),
  };
  const expected = { 'second/d/kernel': 3, 'd/kernel': 5, 'first/d/kernel': 7 };
  expect(await constantsOf({ config, weights })).toEqual(expected);
  expect(await constantsOf({ config, weights, separator: '\\' })).toEqual(expected);
});

it('names .h5 for a layer that a model shares with one inside it', async () => {
  const inner = { class_name: 'Sequential', config: { name: 's', layers: [dense('d')] } };
  const weights = { 'layers/sequential/layers/dense': one(3) };
  const shapes = { 'layers/sequential/layers/dense': [[1, 1]] };
  const bytes = await kerasArchive({ config: sequential([1], inner, dense('d')), weights, shapes });
  expect(refusalOf(() => importModel(bytes))).toMatch(/KERAS_WEIGHTS_MISMATCH.*layers\/dense\/vars[^]*"model\.h5"/);
});

describe('groups of Keras 2.12 to 2.14', () => {
  const old = '_layer_checkpoint_dependencies';
  const inner = { class_name: 'Sequential', config: { name: 's', layers: [dense('d')] } };
  const config = sequential([1], dense('a'), dense('b'), inner, ...Array.from({ length: 6 }, (_, i) => dense(`c${i}`)));
  const places = [`${old}/dense`, `${old}/dense_2`, ...[4, 6, 8, 10, 12, 14].map((n) => `${old}/dense_${n}`)];
  const all = (numbered: readonly string[]): Record<string, number[][]> => ({
    [`${old}/sequential/${old}/dense`]: one(2),
    ...Object.fromEntries(numbered.map((place, i) => [place, one(3 + i)])),
  });

  it.each(['/', '\\'] as const)('are in the order of the layers, numbers left out (%s)', async (separator) => {
    const expected = { 'a/kernel': 3, 'b/kernel': 4, 's/d/kernel': 2, 'c0/kernel': 5, 'c4/kernel': 9, 'c5/kernel': 10 };
    expect(await constantsOf({ config, weights: all(places), separator })).toMatchObject(expected);
  });

  it('are refused where one is missing', async () => {
    const weights = all(places.slice(1));
    const archive = { config, weights, shapes: Object.fromEntries(Object.keys(weights).map((at) => [at, [[1, 1]]])) };
    const bytes = await kerasArchive(archive);
    expect(refusalOf(() => importModel(bytes))).toMatch(/KERAS_WEIGHTS_MISMATCH.*another number of groups.*Dense/);
  });
});

it('lets operations between layers own nothing', async () => {
  const history = (name: string): object => ({
    class_name: '__keras_tensor__',
    config: { keras_history: [name, 0, 0] },
  });
  const node = (...names: string[]): object[] => [{ args: names.map(history), kwargs: {} }];
  const norm = { units: undefined, axis: -1, center: false, scale: true, epsilon: 0, momentum: 0.9 };
  const config = {
    class_name: 'Functional',
    config: {
      name: 'm',
      layers: [
        {
          class_name: 'InputLayer',
          module: 'keras.layers',
          name: 'x',
          config: { batch_shape: [null, 1], name: 'x' },
          inbound_nodes: [],
        },
        {
          class_name: 'Add',
          module: 'keras.src.ops.numpy',
          name: 'plus',
          config: { name: 'plus' },
          inbound_nodes: node('x', 'x'),
        },
        {
          ...layer('Dense', { name: 'd', units: 1, use_bias: false, activation: 'linear' }),
          name: 'd',
          inbound_nodes: node('plus'),
        },
        { ...layer('BatchNormalization', { name: 'n', ...norm }), name: 'n', inbound_nodes: node('d') },
      ],
      input_layers: [['x', 0, 0]],
      output_layers: [['n', 0, 0]],
    },
  };
  const archive = await kerasArchive({
    config,
    weights: { 'layers/dense': one(3), 'layers/batch_normalization': [[2], [0], [1]] },
    shapes: { 'layers/dense': [[1, 1]] },
  });
  const { graph } = importModel(archive);
  expect(graph.nodes.map(({ kind }) => kind)).toEqual(['ADD', 'FULLY_CONNECTED', 'MUL']);
});

describe('refuses', () => {
  const config = sequential([1], dense('a'), dense('b'));
  const both = { 'layers/dense': one(3), 'layers/dense_1': one(5) };
  const shapes = { 'layers/dense': [[1, 1]], 'layers/dense_1': [[1, 1]] };

  it.each<[string, Partial<TestArchive>, RegExp]>([
    [
      'a group that is missing',
      { weights: { 'layers/dense': one(3) } },
      /no group layers\/dense_1\/vars with its weights \(kernel\)/,
    ],
    [
      'weights of another layer',
      { names: { 'layers/dense_1': 'c' } },
      /\(layers\/dense_1\/vars\) the file has the weights of c/,
    ],
    [
      'too many weights',
      { weights: { ...both, 'layers/dense_1': [[5], [6]] } },
      /needs 1 weights \(kernel\), the file has 2/,
    ],
    [
      'another shape',
      { shapes: { ...shapes, 'layers/dense_1': [[1]] } },
      /shape \[1\], the configuration asks for \[1, 1\]/,
    ],
  ])('%s', async (_, more, message) => {
    const archive = await kerasArchive({ config, weights: both, shapes, ...more });
    expect(refusalOf(() => importModel(archive))).toMatch(message);
    expect(refusalOf(() => importModel(archive))).toMatch(/^KERAS_WEIGHTS_MISMATCH/);
  });

  it('nothing where the names agree', async () => {
    const names = { 'layers/dense': 'a', 'layers/dense_1': 'b' };
    expect(await constantsOf({ config, weights: both, names })).toEqual({ 'a/kernel': 3, 'b/kernel': 5 });
  });
});

it.each([
  ['Conv2D', 'conv2d'],
  ['SeparableConv2D', 'separable_conv2d'],
  ['ReLU', 're_lu'],
  ['LeakyReLU', 'leaky_re_lu'],
  ['PReLU', 'p_re_lu'],
  ['BatchNormalization', 'batch_normalization'],
  ['ZeroPadding2D', 'zero_padding2d'],
  ['TFOpLambda', 'tf_op_lambda'],
  ['Custom>MyDense', 'my_dense'],
])('calls the group of %s %s', (className, group) => {
  expect(snakeCase(className)).toBe(group);
});
