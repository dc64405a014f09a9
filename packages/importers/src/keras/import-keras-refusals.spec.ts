// What the Keras importer refuses, by name and with what to do about it.
import { kerasFile, layer, sequential, type TestFile } from '../testing/keras-file.js';
import { refusalOf } from '../testing/refusal-of.js';
import { importKeras } from './import-keras.js';

async function refusal(file: TestFile): Promise<string> {
  const bytes = await kerasFile(file);
  return refusalOf(() => importKeras(bytes));
}

const dense = { name: 'dense/kernel:0', shape: [2, 3], data: [1, 2, 3, 4, 5, 6] };
const denseBias = { name: 'dense/bias:0', shape: [3], data: [0.5, 0, -0.5] };
const denseLayer = layer('Dense', { name: 'dense', units: 3, use_bias: true, activation: 'linear' });

describe('importKeras refuses', () => {
  it.each([
    ['Lambda', 'KERAS_LAYER_DANGEROUS'],
    ['TFSMLayer', 'KERAS_LAYER_DANGEROUS'],
    ['LSTM', 'KERAS_LAYER_UNSUPPORTED'],
    ['Conv3D', 'KERAS_LAYER_UNSUPPORTED'],
    ['constructor', 'KERAS_LAYER_UNSUPPORTED'],
    ['__proto__', 'KERAS_LAYER_UNSUPPORTED'],
    ['MyOwnLayer', 'KERAS_LAYER_UNSUPPORTED'],
  ])('%s by the name of its class and the layer', async (className, code) => {
    const message = await refusal({ config: sequential([3], layer(className, { name: 'the_layer' })) });
    expect(message).toContain(code);
    expect(message).toContain(className);
    expect(message).toContain('the_layer');
  });

  it.each(['MultiHeadAttention', 'Attention', 'Dot', 'Resizing', 'CenterCrop', 'LSTM'])(
    '%s, which a converted model may have, without asking for another training',
    async (className) => {
      const message = await refusal({ config: sequential([3], layer(className, { name: 'l' })) });
      expect(message).toMatch(/batch_size=1[^]*from_keras_model[^]*give the \.tflite/);
      expect(message).not.toMatch(/train/);
    },
  );

  it.each([
    ['Conv2D', { filters: 1, kernel_size: 1, data_format: 'channels_first' }, 'channels_last'],
    ['Activation', { activation: 'log_softmax' }, 'softmax'],
    ['LayerNormalization', { axis: [0, 1] }, 'axis=-1'],
    ['LayerNormalization', { rms_scaling: true }, 'rms_scaling=False'],
    ['GroupNormalization', { groups: 2 }, 'fewer groups'],
    ['Activation', { activation: 'toString' }, 'toString'],
    ['ReLU', { threshold: 1 }, 'threshold=0'],
    ['Dense', { units: 'many' }, 'units'],
    ['Dense', { units: 1e12 }, 'units'],
    ['MaxPooling2D', { pool_size: 0 }, 'pool_size'],
    ['Reshape', { target_shape: [-1, -1] }, 'target_shape'],
    ['UpSampling2D', { interpolation: 'lanczos3' }, 'bilinear'],
    ['UpSampling2D', { size: [0, 2] }, 'size'],
    ['UpSampling1D', { size: 2 }, 'dimensions'],
    ['Conv2DTranspose', { filters: 1, kernel_size: 2, dilation_rate: [1, 2] }, 'dilation_rate=1'],
    ['Conv2DTranspose', { filters: 1, kernel_size: 2, padding: 'causal' }, 'padding="same"'],
    ['Conv2DTranspose', { filters: 1, kernel_size: 2, strides: 2, output_padding: 2 }, 'output_padding smaller'],
    ['Conv1DTranspose', { filters: 1, kernel_size: 2 }, 'it takes 3 dimensions'],
  ])('%s %j', async (className, settings, word) => {
    const weights = {
      l: [
        { name: 'l/kernel:0', shape: [1, 1], data: [1] },
        { name: 'l/bias:0', shape: [1], data: [1] },
      ],
    };
    const message = await refusal({
      config: sequential([4, 4, 1], layer(className, { name: 'l', ...settings })),
      weights,
    });
    expect(message).toMatch(/^KERAS_/);
    expect(message).toContain(word);
  });

  it.each([[[3, 4]], [[0]], [['x']]])('PReLU with the shared axes %j of 4 dimensions', async (axes) => {
    const config = sequential([4, 4, 1], layer('PReLU', { name: 'l', shared_axes: axes }));
    const weights = { l: [{ name: 'l/alpha:0', shape: [1, 1, 1], data: [1] }] };
    expect(await refusal({ config, weights })).toMatch(/^KERAS_SHAPE: shared_axes[^]*1 to 3[^]*layer l/);
  });

  it('weights of another shape, too few of them, and values that are not finite', async () => {
    const config = sequential([2], denseLayer);
    expect(await refusal({ config, weights: { dense: [{ ...dense, shape: [3, 2] }, denseBias] } })).toMatch(
      /KERAS_WEIGHTS_MISMATCH.*\[3, 2\].*\[2, 3\]/,
    );
    expect(await refusal({ config, weights: { dense: [dense] } })).toMatch(
      /needs 2 weights \(kernel, bias\), the file has 1/,
    );
    expect(await refusal({ config, weights: {} })).toMatch(/the file has 0/);
    expect(
      await refusal({ config, weights: { dense: [{ ...dense, data: [1, 2, 3, 4, 5, NaN] }, denseBias] } }),
    ).toMatch(/KERAS_WEIGHTS_MISMATCH.*NaN/);
  });

  it('a file of weights only, saying what to do', async () => {
    expect(await refusal({ weights: { dense: [dense] } })).toMatch(/KERAS_NO_CONFIG[^]*load_weights/);
  });

  it('an open shape', async () => {
    const input = layer('InputLayer', { batch_input_shape: [null, null, 3], name: 'input' });
    expect(await refusal({ config: { class_name: 'Sequential', config: { layers: [input] } } })).toMatch(
      /KERAS_SHAPE.*\[any, any, 3\]/,
    );
  });

  it.each([
    ['no JSON', '{"class_name"'],
    ['another class', { class_name: 'Lambda', config: {} }],
    ['no layers', { class_name: 'Sequential', config: { layers: 3 } }],
    [
      'a loop',
      {
        class_name: 'Functional',
        config: {
          layers: [{ class_name: 'ReLU', name: 'r', config: {}, inbound_nodes: [[['r', 0, 0]]] }],
          input_layers: [],
          output_layers: [['r', 0, 0]],
        },
      },
    ],
  ])('%s', async (_what, config) => {
    expect(await refusal({ config })).toMatch(/^KERAS_CONFIG_INVALID/);
  });

  it('JSON that is nested too deeply, brackets in texts not counted', async () => {
    expect(await refusal({ config: `${'['.repeat(5000)}${']'.repeat(5000)}` })).toMatch(/nested more than 200 levels/);
    expect(await refusal({ config: JSON.stringify('["\\'.repeat(5000)) })).not.toMatch(/nested/);
  });

  it('models that use one another without end', async () => {
    const call = (name: string): unknown => [[[name, 0, 0, {}]]];
    let model: object = { class_name: 'ReLU', name: 'leaf', config: { name: 'leaf', trainable: true } };
    for (let depth = 0; depth < 30; depth++) {
      const inner = {
        ...model,
        name: 'again',
        inbound_nodes: [...(call('in') as unknown[]), ...(call('again') as unknown[])],
      };
      const input = {
        class_name: 'InputLayer',
        name: 'in',
        config: { batch_input_shape: [null, 3], name: 'in' },
        inbound_nodes: [],
      };
      model = {
        class_name: 'Functional',
        config: {
          name: `m${depth}`,
          layers: [input, inner],
          input_layers: [['in', 0, 0]],
          output_layers: [['again', 1, 0]],
        },
      };
    }
    expect(await refusal({ config: model })).toMatch(/^KERAS_CONFIG_INVALID/);
  });
});
