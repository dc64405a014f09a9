// Classes and functions of a program that have the names of Keras' own.
import { kerasFile, layer, sequential } from '../testing/keras-file.js';
import { refusalOf } from '../testing/refusal-of.js';
import { importKeras } from './import-keras.js';

async function refusal(config: object, kerasVersion = '3.15.1'): Promise<string> {
  const bytes = await kerasFile({ config, kerasVersion });
  return refusalOf(() => importKeras(bytes));
}

async function imports(config: object, kerasVersion = '3.15.1'): Promise<number> {
  return importKeras(await kerasFile({ config, kerasVersion })).graph.nodes.length;
}

const relu = layer('ReLU', { name: 'r' });
const activation = (value: unknown): object => sequential([2], layer('Activation', { name: 'a', activation: value }));
const builtin = (config: string, more = {}): object => ({
  module: 'builtins',
  class_name: 'function',
  config,
  registered_name: 'function',
  ...more,
});

it.each([
  ['registered', { module: null, registered_name: 'ws>ReLU' }, 'ws>ReLU'],
  ['registered, in a module', { module: 'my.layers', registered_name: 'ws>ReLU' }, 'ws>ReLU'],
  ['of the program itself', { module: null, registered_name: 'ReLU' }, 'ReLU'],
  ['of another package', { module: 'keras_cv.src.layers', registered_name: null }, 'keras_cv.src.layers.ReLU'],
  ['registered, in .h5', { class_name: 'ws>ReLU' }, 'ws>ReLU'],
])('refuses a layer %s', async (_, more, name) => {
  const message = await refusal(sequential([2], { ...relu, ...more }));
  expect(message).toMatch(/^KERAS_LAYER_UNSUPPORTED/);
  expect(message).toContain(`layers of the class ${name} cannot be imported: it is a class of the program`);
  expect(message).toContain('layer r');
});

it.each([
  { module: 'keras.layers', registered_name: null },
  { module: 'keras.src.layers.activations.relu', registered_name: 'ReLU' },
  { module: 'tf_keras.src.layers', registered_name: 'ReLU' },
  { module: 'tensorflow.python.keras.layers', registered_name: 'ReLU' },
  { module: null, registered_name: null },
  {},
])('takes %j for Keras', async (more) => {
  expect(await imports(sequential([2], { ...relu, ...more }))).toBe(1);
});

it.each(['Model', 'Sequential', 'Functional', 'MyModel'])('refuses a model of an own class %s', async (className) => {
  const inner = { ...sequential([2], relu), class_name: className };
  const own = { module: null, registered_name: className };
  const whole = await refusal({ ...inner, ...own });
  expect(whole).toMatch(/^KERAS_LAYER_UNSUPPORTED: the model is of the class \w+, one of the program/);
  expect(whole).toContain('keras.Model(m.inputs, m.outputs)');
  const nested = await refusal(sequential([2], { ...inner, ...own }));
  expect(nested).toMatch(/^KERAS_LAYER_UNSUPPORTED: layers of the class/);
  expect(nested).toContain('keras.Model(m.inputs, m.outputs)');
});

it('says the same where .h5 names no more than the class', async () => {
  const inner = { ...sequential([2], relu), class_name: 'MyModel' };
  for (const config of [inner, sequential([2], inner)]) {
    const message = await refusal(config, '2.15.0');
    expect(message).toMatch(/^KERAS_LAYER_UNSUPPORTED.*MyModel[^]*keras\.Model\(m\.inputs, m\.outputs\)/);
  }
});

it('says how to save a model that is code alone', async () => {
  expect(await refusal({ class_name: 'Net', module: null, registered_name: 'Net', config: {} })).toContain(
    'keras.Model(x, m.call(x))',
  );
});

it.each([
  ['swish', builtin('swish'), '3.15.1'],
  ['hard_swish', builtin('hard_swish'), '2.15.0'],
  ['act>relu', builtin('act>relu'), '2.15.0'],
  ['relu', builtin('relu', { module: null }), '2.15.0'],
  ['relu', builtin('relu', { module: 'my.functions' }), '3.15.1'],
])('refuses the function %s of the program', async (name, value, version) => {
  const message = await refusal(activation(value), version);
  expect(message).toMatch(/^KERAS_OPTION_UNSUPPORTED/);
  expect(message).toContain(`its activation ${name} is a function of the program`);
});

it.each([
  [builtin('relu'), '2.15.0'],
  [builtin('relu', { module: 'keras.activations' }), '3.15.1'],
  [{ class_name: 'function', config: 'relu', registered_name: 'relu' }, '2.12.0'],
  [{ ...relu, module: 'keras.layers', registered_name: null }, '3.15.1'],
])('takes the activation %j for Keras', async (value, version) => {
  expect(await imports(activation(value), version)).toBe(1);
});

it('refuses a layer of an own class as an activation', async () => {
  const message = await refusal(activation({ ...relu, module: null, registered_name: 'ReLU' }));
  expect(message).toMatch(/KERAS_OPTION_UNSUPPORTED: its activation is of the class ReLU, one of the program/);
});
