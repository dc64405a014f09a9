// Settings of Keras layers in the forms that files have: activations as layers, Normalization along any axes, fixed batches.
import { evaluate } from '@wherry/graph';
import { kerasFile, layer, sequential, type TestFile } from '../testing/keras-file.js';
import { refusalOf } from '../testing/refusal-of.js';
import { importKeras, type ImportedKeras } from './import-keras.js';

async function load(file: TestFile): Promise<ImportedKeras> {
  return importKeras(await kerasFile(file));
}

function run({ graph }: ImportedKeras, values: readonly number[]): number[] {
  const [output] = evaluate(graph, [Float32Array.from(values)]);
  return Array.from(output as Float32Array, (value) => Math.round(value * 1e4) / 1e4);
}

const object = (className: string, config: object): object => ({
  module: 'keras.layers',
  class_name: className,
  config,
});

describe('an activation of a Keras layer', () => {
  it.each<readonly [string, unknown, readonly number[]]>([
    ['a text', 'relu', [1, 0, 8]],
    ['a function', { class_name: 'function', config: 'relu', registered_name: 'relu' }, [1, 0, 8]],
    ['a function with settings', { class_name: 'relu', config: { max_value: 4, alpha: 0.5 } }, [1, -1, 4]],
    ['the function leaky_relu, which has a slope of its own', 'leaky_relu', [1, -0.4, 8]],
    ['LeakyReLU of Keras 2', object('LeakyReLU', { alpha: 0.05 }), [1, -0.1, 8]],
    ['LeakyReLU of Keras 3', object('LeakyReLU', { negative_slope: 0.05 }), [1, -0.1, 8]],
    ['LeakyReLU without a slope', object('LeakyReLU', {}), [1, -0.6, 8]],
    ['LeakyReLU of Keras 2.2', object('LeakyReLU', { alpha: { type: 'ndarray', value: 0.25 } }), [1, -0.5, 8]],
    ['ReLU with a bound', object('ReLU', { max_value: 3, negative_slope: 0, threshold: 0 }), [1, 0, 3]],
    ['ELU with a slope', object('ELU', { alpha: 0.5 }), [1, -0.4323, 8]],
    ['the function gelu', 'gelu', [0.8413, -0.0455, 8]],
    ['gelu near to it', { class_name: 'gelu', config: { approximate: true } }, [0.8412, -0.0454, 8]],
    ['Softmax', object('Softmax', { axis: -1 }), [0.0009, 0, 0.999]],
    ['Activation', object('Activation', { activation: 'tanh' }), [0.7616, -0.964, 1]],
    ['a layer in a layer', object('Activation', { activation: object('LeakyReLU', { alpha: 0.5 }) }), [1, -1, 8]],
  ])('may be %s', async (_what, activation, expected) => {
    const own = await load({ config: sequential([3], layer('Activation', { name: 'l', activation })) });
    expect(run(own, [1, -2, 8])).toEqual(expected);
    const identity = { name: 'd/kernel:0', shape: [3, 3], data: [1, 0, 0, 0, 1, 0, 0, 0, 1] };
    const dense = layer('Dense', { name: 'd', units: 3, use_bias: false, activation });
    const inDense = await load({ config: sequential([3], dense), weights: { d: [identity] } });
    expect(run(inDense, [1, -2, 8])).toEqual(expected);
  });

  it.each([
    ['PReLU', { shared_axes: null }],
    ['ReLU', { threshold: 1 }],
    ['ThresholdedReLU', { theta: 1 }],
    ['MyActivation', { beta: 1 }],
  ])('is refused by name where it is %s %j', async (className, config) => {
    const bytes = await kerasFile({
      config: sequential([3], layer('Activation', { name: 'l', activation: object(className, config) })),
    });
    expect(refusalOf(() => importKeras(bytes))).toMatch(/^KERAS_OPTION_UNSUPPORTED[^]*layer l/);
  });
});

it.each<readonly [string, object, RegExp]>([
  ['PReLU', { shared_axes: [1] }, /class PReLU, which has weights of its own[^]*PReLU behind this layer/],
  ['ThresholdedReLU', { theta: 1 }, /class ThresholdedReLU, which cannot be imported[^]*ReLU/],
  [
    'BatchNormalization',
    { axis: [-1] },
    /has weights of its own[^]*BatchNormalization behind this layer as a layer of its own/,
  ],
  ['Dense', { units: 3 }, /class Dense, which has weights of its own/],
  ['LayerNormalization', {}, /class LayerNormalization, which has weights of its own/],
  ['Activation', { activation: object('PReLU', {}) }, /class PReLU/],
])('a layer %s %j as activation is refused before its weights are counted', async (className, config, says) => {
  const dense = layer('Dense', { name: 'd', units: 3, activation: object(className, config) });
  const weights = ['kernel', 'bias', 'alpha'].map((name) => ({ name: `d/${name}:0`, shape: [1], data: [1] }));
  const bytes = await kerasFile({ config: sequential([3], dense), weights: { d: weights } });
  const refusal = refusalOf(() => importKeras(bytes));
  expect(refusal).toMatch(/^KERAS_OPTION_UNSUPPORTED[^]*layer d/);
  expect(refusal).toMatch(says);
});

describe('Normalization', () => {
  const six = [1, 2, 3, 4, 5, 6];
  const stored = (
    mean: readonly number[],
    variance: readonly number[],
    shape: readonly number[],
  ): TestFile['weights'] => ({
    n: [
      { name: 'mean:0', shape, data: mean },
      { name: 'variance:0', shape, data: variance },
      { name: 'count:0', shape: [], data: [9] },
    ],
  });

  it.each<readonly [string, object, TestFile['weights'], readonly number[]]>([
    ['no axis, as Keras saves it', { axis: [] }, stored([1], [4], []), [0, 0.5, 1, 1.5, 2, 2.5]],
    ['no axis', { axis: null }, stored([1], [4], []), [0, 0.5, 1, 1.5, 2, 2.5]],
    ['the last axis when none is said', {}, stored([1, 2, 3], [1, 4, 16], [3]), [0, 0, 0, 3, 1.5, 0.75]],
    ['another axis than the last', { axis: [1] }, stored([1, 4], [1, 4], [2]), [0, 1, 2, 0, 0.5, 1]],
    ['several axes, in any order', { axis: [-1, 1] }, stored(six, [1, 1, 1, 4, 4, 4], [2, 3]), [0, 0, 0, 0, 0, 0]],
    ['the way back', { axis: [], invert: true }, stored([1], [4], []), [3, 5, 7, 9, 11, 13]],
    ['given numbers', { axis: [], mean: 1, variance: 4 }, {}, [0, 0.5, 1, 1.5, 2, 2.5]],
    ['one number for all channels', { axis: [-1], mean: 1, variance: [4] }, {}, [0, 0.5, 1, 1.5, 2, 2.5]],
    ['rows for two axes', { axis: [1, 2], mean: [[1], [4]], variance: [1, 4, 1] }, {}, [0, 0.5, 2, 0, 0.5, 2]],
    ['lists with more brackets', { axis: [-1], mean: [[[1, 2, 3]]], variance: [[1, 1, 1]] }, {}, [0, 0, 0, 3, 3, 3]],
  ])('takes %s', async (_what, settings, weights, expected) => {
    const config = sequential([2, 3], layer('Normalization', { name: 'n', ...settings }));
    expect(run(await load({ config, weights: weights! }), six)).toEqual(expected);
  });

  it('keeps small differences of values far from zero', async () => {
    const config = sequential([1], layer('Normalization', { name: 'n', axis: [-1], mean: 101325, variance: 1e-2 }));
    expect(run(await load({ config }), [101325.125])).toEqual([1.25]);
  });

  it.each([
    [{ axis: [0, 1], mean: 1, variance: 1 }, /along the batch/],
    [{ axis: [3], mean: 1, variance: 1 }, /axis 3 is none of its 3 dimensions/],
    [{ axis: [-1], mean: [1, 2], variance: [1, 2] }, /\[2\] for axes of the sizes \[3\]/],
    [{ axis: [-1], mean: 1, variance: -1 }, /variance is -1/],
  ])('refuses %j', async (settings, message) => {
    const bytes = await kerasFile({ config: sequential([2, 3], layer('Normalization', { name: 'n', ...settings })) });
    expect(refusalOf(() => importKeras(bytes))).toMatch(message);
  });
});

describe('a fixed batch', () => {
  const input = (batch: number): object => layer('InputLayer', { batch_input_shape: [batch, 2, 3], name: 'input' });
  const model = (batch: number, ...layers: readonly object[]): object => ({
    class_name: 'Sequential',
    config: { name: 'm', layers: [input(batch), ...layers] },
  });

  it('becomes one sample, with a warning that names it', async () => {
    const imported = await load({ config: model(50, layer('Flatten', { name: 'f' })) });
    expect(imported.graph.tensors[imported.graph.inputs[0]!]!.shape).toEqual([1, 2, 3]);
    expect(imported.warnings.map(({ code, what }) => [code, what.includes('50')])).toEqual([
      ['IMPORT_BATCH_OF_ONE', true],
    ]);
  });

  it('of one is nothing to speak of', async () => {
    expect((await load({ config: model(1, layer('Flatten', { name: 'f' })) })).warnings).toEqual([]);
  });

  const reshaped = (shape: readonly number[]): object => ({
    class_name: 'Functional',
    config: {
      name: 'm',
      layers: [
        { ...input(4), name: 'input', inbound_nodes: [] },
        {
          class_name: 'TFOpLambda',
          name: 'r',
          config: { name: 'r', function: 'reshape' },
          inbound_nodes: [['input', 0, 0, { shape }]],
        },
      ],
      input_layers: [['input', 0, 0]],
      output_layers: [['r', 0, 0]],
    },
  });

  it('may be written into a shape', async () => {
    const { graph } = await load({ config: reshaped([4, 6]) });
    expect(graph.tensors[graph.outputs[0]!]!.shape).toEqual([1, 6]);
  });

  it('is refused by its size where samples do not stay apart', async () => {
    const bytes = await kerasFile({ config: reshaped([-1, 3]) });
    expect(refusalOf(() => importKeras(bytes))).toMatch(/IMPORT_BATCH_FIXED.*batch of 4[^]*batch_size=None or 1/);
  });
});

describe('an input of whole numbers', () => {
  const model = (dtype: string, ...layers: readonly object[]): object => ({
    class_name: 'Sequential',
    config: {
      name: 'm',
      layers: [layer('InputLayer', { batch_input_shape: [null, 2], name: 'camera', dtype }), ...layers],
    },
  });

  it('is taken as real where a layer casts it, also behind layers that only move it', async () => {
    const rescaling = layer('Rescaling', { name: 'r', scale: 0.5, offset: -1 });
    const reshape = layer('Reshape', { name: 's', target_shape: [2, 1] });
    const imported = await load({ config: model('uint8', reshape, rescaling) });
    expect(run(imported, [255, 4])).toEqual([126.5, 1]);
    expect(imported.warnings.map(({ code }) => code)).toEqual(['IMPORT_INPUT_TYPE']);
  });

  it.each([
    ['int32', 'ReLU', /given int32 by an input[^]*Rescaling/],
    ['string', 'Rescaling', /takes string/],
  ])('%s is refused in front of %s', async (dtype, className, message) => {
    const bytes = await kerasFile({ config: model(dtype, layer(className, { name: 'l', scale: 1 })) });
    expect(refusalOf(() => importKeras(bytes))).toMatch(message);
  });
});

describe('other names of layers', () => {
  it.each(['BatchNormalization', 'SyncBatchNormalization', 'BatchNormalizationV1', 'BatchNormalizationV2'])(
    '%s is a batch normalization',
    async (className) => {
      const one = (name: string, value: number): object => ({ name: `n/${name}:0`, shape: [1], data: [value] });
      const weights = {
        n: [one('gamma', 2), one('beta', 1), one('moving_mean', 3), one('moving_variance', 0.75)],
      } as NonNullable<TestFile['weights']>;
      const norm = layer(className, { name: 'n', axis: [1], epsilon: 0.25, synchronized: true });
      expect(run(await load({ config: sequential([1], norm), weights }), [4])).toEqual([3]);
    },
  );

  it.each([
    'RandomGrayscale',
    'RandomColorJitter',
    'RandomGaussianBlur',
    'RandomPerspective',
    'MixUp',
    'RandomErasing',
  ])('%s does nothing at inference', async (className) => {
    expect(run(await load({ config: sequential([2], layer(className, { name: 'l' })) }), [4, 5])).toEqual([4, 5]);
  });
});

describe('layers that other tools changed are refused with what helps', () => {
  it.each<readonly [string, object, RegExp]>([
    ['PruneLowMagnitude', { layer: {} }, /strip_pruning/],
    ['Custom>PruneLowMagnitude', { layer: {} }, /strip_pruning/],
    ['ClusterWeights', { layer: {} }, /strip_clustering/],
    ['QuantizeWrapperV2', { layer: {} }, /float model, as it was before/],
    ['KerasLayer', { handle: 'x' }, /not in this file/],
    ['LSTM', { units: 2 }, /batch_size=1\) and unroll=True/],
    ['RandomCrop', { height: 2, width: 2 }, /crops at inference too/],
  ])('%s', async (className, settings, message) => {
    const bytes = await kerasFile({ config: sequential([3], layer(className, { name: 'l', ...settings })) });
    expect(refusalOf(() => importKeras(bytes))).toMatch(message);
  });

  it.each([
    [{ class_name: 'QuantizedDTypePolicy', config: { mode: 'int8', source_name: 'float32' } }, 'int8_from_float32'],
    [
      { class_name: 'GPTQDTypePolicy', config: { mode: 'gptq/4/32', source_name: 'float32' } },
      'gptq/4/32_from_float32',
    ],
    [{ class_name: 'DTypePolicy', config: { name: 'float8_from_bfloat16' } }, 'float8_from_bfloat16'],
    ['int8_from_mixed_float16', 'int8_from_mixed_float16'],
  ])('quantized by Keras: %j', async (dtype, policy) => {
    const bytes = await kerasFile({ config: sequential([3], layer('Dense', { name: 'd', units: 1, dtype })) });
    const message = refusalOf(() => importKeras(bytes));
    expect(message).toContain(policy);
    expect(message).toMatch(/next {2}give the float model/);
  });

  it('but not where a policy is only of floats', async () => {
    const dtype = { class_name: 'DTypePolicy', config: { name: 'mixed_float16' } };
    expect(run(await load({ config: sequential([1], layer('ReLU', { name: 'r', dtype })) }), [2])).toEqual([2]);
  });
});
