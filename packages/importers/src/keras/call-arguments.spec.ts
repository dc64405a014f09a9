// What layers are called with beside their inputs.
import { kerasFile, layer } from '../testing/keras-file.js';
import { refusalOf } from '../testing/refusal-of.js';
import { importKeras } from './import-keras.js';

const norm = (more = {}): object =>
  layer('BatchNormalization', { name: 'l', axis: -1, center: false, scale: false, epsilon: 0, ...more });
const inputs = ['x', 'y'].map((name) => ({
  name,
  ...layer('InputLayer', { batch_input_shape: [null, 2], name }),
  inbound_nodes: [],
}));
const tensor = (name: string): object => ({ class_name: '__keras_tensor__', config: { keras_history: [name, 0, 0] } });
const stored = {
  l: [
    { name: 'l/moving_mean:0', shape: [2], data: [0, 0] },
    { name: 'l/moving_variance:0', shape: [2], data: [4, 4] },
  ],
};

/** The outcome for a layer called in one way: the refusal, or the operators it gave. */
async function outcome(made: object, call: unknown, kerasVersion: string): Promise<string> {
  const config = {
    class_name: 'Functional',
    config: {
      name: 'm',
      layers: [...inputs, { ...made, name: 'l', inbound_nodes: [call] }],
      input_layers: [
        ['x', 0, 0],
        ['y', 0, 0],
      ],
      output_layers: [['l', 0, 0]],
    },
  };
  const weights = (made as { class_name: string }).class_name === 'BatchNormalization' ? stored : {};
  const bytes = await kerasFile({ config, kerasVersion, weights });
  try {
    return importKeras(bytes)
      .graph.nodes.map(({ kind }) => kind)
      .join();
  } catch {
    return refusalOf(() => importKeras(bytes));
  }
}

const nested = {
  class_name: 'Sequential',
  config: {
    name: 'l',
    layers: [layer('InputLayer', { batch_input_shape: [null, 2], name: 'i' }), layer('Dropout', { name: 'd' })],
  },
};
const dropout = layer('Dropout', { name: 'l', rate: 0.5 });
const keras2 = (kwargs: object): unknown => [['x', 0, 0, kwargs]];

it.each([
  ['a normalization', norm()],
  ['dropout', dropout],
  ['noise', layer('GaussianNoise', { name: 'l', stddev: 1 })],
  ['a model with dropout', nested],
])('refuses training=True of %s in Keras 2', async (_, made) => {
  const message = await outcome(made, keras2({ training: true }), '2.15.0');
  expect(message).toMatch(/^KERAS_OPTION_UNSUPPORTED: it is called with training=True/);
  expect(message).toContain('layer l');
});

it.each([
  ['training=False', norm(), keras2({ training: false }), '2.15.0', 'MUL'],
  ['training=None', norm(), keras2({ training: null, mask: null }), '2.15.0', 'MUL'],
  ['a frozen normalization', norm({ trainable: false }), keras2({ training: true }), '2.15.0', 'MUL'],
  ['a layer that is the same in training', layer('ReLU', { name: 'l' }), keras2({ training: true }), '2.15.0', 'RELU'],
  ['Keras 3, which overrules it', norm(), { args: [tensor('x')], kwargs: { training: true } }, '3.15.1', 'MUL'],
])('takes %s', async (_, made, call, version, kinds) => {
  expect(await outcome(made, call, version)).toBe(kinds);
});

const softmax = layer('Softmax', { name: 'l', axis: -1 });

it.each([
  ['by name, Keras 2', softmax, keras2({ mask: ['y', 0, 0] }), '2.15.0'],
  ['by name', softmax, { args: [tensor('x')], kwargs: { mask: tensor('y') } }, '3.15.1'],
  ['by place', softmax, { args: [tensor('x'), tensor('y')], kwargs: {} }, '3.15.1'],
  ['as a list', softmax, { args: [tensor('x')], kwargs: { mask: [tensor('y'), tensor('x')] } }, '3.15.1'],
  ['as a value', softmax, { args: [tensor('x')], kwargs: { mask: [true, false] } }, '3.15.1'],
])('refuses a mask given %s', async (_, made, call, version) => {
  expect(await outcome(made, call, version)).toMatch(/^KERAS_OPTION_UNSUPPORTED: it is called with an argument/);
});
