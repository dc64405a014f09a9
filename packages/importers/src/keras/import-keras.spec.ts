// The Keras importer on files written here: what each layer means, worked out by hand.
import { evaluate, type Graph } from '@wherry/graph';
import { kerasFile, layer, sequential, type TestFile } from '../testing/keras-file.js';
import { importKeras } from './import-keras.js';

async function load(file: TestFile): Promise<Graph> {
  return importKeras(await kerasFile(file)).graph;
}

function run(graph: Graph, ...inputs: readonly (readonly number[])[]): number[] {
  return [
    ...(evaluate(
      graph,
      inputs.map((values) => Float32Array.from(values)),
    )[0] as Float32Array),
  ].map((value) => Math.round(value * 1e4) / 1e4);
}

const dense = { name: 'dense/kernel:0', shape: [2, 3], data: [1, 2, 3, 4, 5, 6] };
const denseBias = { name: 'dense/bias:0', shape: [3], data: [0.5, 0, -0.5] };
const denseLayer = layer('Dense', { name: 'dense', units: 3, use_bias: true, activation: 'linear' });

describe('importKeras', () => {
  it('multiplies by the stored kernel, [in, out] in Keras, and adds the bias', async () => {
    const graph = await load({ config: sequential([2], denseLayer), weights: { dense: [dense, denseBias] } });
    expect(run(graph, [1, 10])).toEqual([41.5, 52, 62.5]);
    expect(graph.nodes.map((node) => [node.kind, node.origin])).toEqual([['FULLY_CONNECTED', 'dense']]);
    expect(graph.tensors[graph.inputs[0]!]!.shape).toEqual([1, 2]);
  });

  it('applies Dense along the last of several dimensions', async () => {
    const graph = await load({ config: sequential([2, 2], denseLayer), weights: { dense: [dense, denseBias] } });
    expect(run(graph, [1, 10, 0, 1])).toEqual([41.5, 52, 62.5, 4.5, 5, 5.5]);
    expect(graph.tensors[graph.outputs[0]!]!.shape).toEqual([1, 2, 3]);
  });

  it('turns [H, W, in, out] filters around', async () => {
    const conv = layer('Conv2D', {
      name: 'c',
      filters: 2,
      kernel_size: [1, 2],
      strides: [1, 1],
      padding: 'valid',
      use_bias: false,
      activation: 'relu',
    });
    const kernel = { name: 'c/kernel:0', shape: [1, 2, 1, 2], data: [1, -1, 10, -10] };
    const graph = await load({ config: sequential([1, 3, 1], conv), weights: { c: [kernel] } });
    expect(run(graph, [1, 2, 3])).toEqual([21, 0, 32, 0]);
  });

  it('keeps depth multipliers of one channel together', async () => {
    const conv = layer('DepthwiseConv2D', { name: 'd', kernel_size: [1, 1], depth_multiplier: 2, use_bias: false });
    const kernel = { name: 'd/depthwise_kernel:0', shape: [1, 1, 2, 2], data: [1, 2, 3, 4] };
    const graph = await load({ config: sequential([1, 1, 2], conv), weights: { d: [kernel] } });
    expect(run(graph, [1, 10])).toEqual([1, 2, 30, 40]);
  });

  it.each<readonly [string, object, readonly number[]]>([
    ['spreads every value by [H, W, out, in] filters', {}, [1, 12, 20]],
    ['leaves out what padding="same" does', { padding: 'same', strides: [1, 2] }, [1, 10, 2, 20]],
    ['adds a place for output_padding', { padding: 'same', strides: [1, 2], output_padding: [0, 1] }, [1, 10, 2]],
    ['adds the places that a stride beyond the kernel leaves', { strides: [1, 3] }, [1, 10, 0, 2, 20, 0]],
  ])('Conv2DTranspose %s', async (_what, settings, expected) => {
    const conv = layer('Conv2DTranspose', { name: 'c', filters: 2, kernel_size: [1, 2], use_bias: false, ...settings });
    const kernel = { name: 'c/kernel:0', shape: [1, 2, 2, 1], data: [1, -1, 10, -10] };
    const graph = await load({ config: sequential([1, 2, 1], conv), weights: { c: [kernel] } });
    expect(run(graph, [1, 2]).filter((_, i) => i % 2 === 0)).toEqual(expected);
    expect(run(graph, [1, 2]).filter((_, i) => i % 2 === 1)).toEqual(expected.map((value) => 0 - value));
  });

  it.each<readonly [string, object, readonly number[], readonly number[], readonly number[]]>([
    ['for each value', {}, [2, 2], [2, 3, 4, 5], [-2, -3, -4, -5]],
    ['for each channel', { shared_axes: [1] }, [1, 2], [2, 3], [-2, -3, -2, -3]],
    ['for all', { shared_axes: [1, 2] }, [1, 1], [2], [-2, -2, -2, -2]],
  ])('PReLU has a slope %s', async (_what, settings, shape, data, expected) => {
    const prelu = layer('PReLU', { name: 'p', ...settings });
    const weights = { p: [{ name: 'p/alpha:0', shape, data }] };
    const graph = await load({ config: sequential([2, 2], prelu), weights });
    expect(run(graph, [-1, -1, -1, -1])).toEqual(expected);
    expect(run(graph, [1, 2, 3, 0])).toEqual([1, 2, 3, 0]);
  });

  it('pads causally in front of a sequence only', async () => {
    const conv = layer('Conv1D', {
      name: 'c',
      filters: 1,
      kernel_size: [2],
      strides: [1],
      dilation_rate: [2],
      padding: 'causal',
      use_bias: false,
    });
    const kernel = { name: 'c/kernel:0', shape: [2, 1, 1], data: [1, 100] };
    const graph = await load({ config: sequential([4, 1], conv), weights: { c: [kernel] } });
    expect(run(graph, [1, 2, 3, 4])).toEqual([100, 200, 301, 402]);
  });

  it('normalizes by the moving averages, with epsilon and without gamma or beta', async () => {
    const norm = layer('BatchNormalization', { name: 'n', axis: [2], epsilon: 0.25, scale: false, center: true });
    const weights = [
      { name: 'n/beta:0', shape: [2], data: [1, 2] },
      { name: 'n/moving_mean:0', shape: [2], data: [3, 4] },
      { name: 'n/moving_variance:0', shape: [2], data: [0, 3.75] },
    ];
    const graph = await load({ config: sequential([1, 2], norm), weights: { n: weights } });
    expect(run(graph, [4, 5])).toEqual([3, 2.5]);
    // What training saw behind it: beta on the mean, a deviation of 1 but for epsilon.
    expect(graph.tensors[graph.outputs[0]!]!.moments).toEqual({
      mean: Float64Array.of(1, 2),
      deviation: Float64Array.of(0, Math.fround(0.5) * Math.sqrt(3.75)),
    });
  });

  it('follows a functional model whatever order its layers are listed in, and shares a layer that is used twice', async () => {
    const node = (...names: readonly (readonly [string, number])[]): object[] => [
      names.map(([name, use]) => [name, use, 0, {}]),
    ];
    const config = {
      class_name: 'Functional',
      config: {
        name: 'm',
        layers: [
          {
            class_name: 'Subtract',
            name: 's',
            config: { name: 's', trainable: true },
            inbound_nodes: node(['dense', 0], ['dense', 1]),
          },
          { ...denseLayer, name: 'dense', inbound_nodes: [...node(['a', 0]), ...node(['b', 0])] },
          {
            class_name: 'InputLayer',
            name: 'b',
            config: { batch_input_shape: [null, 2], name: 'b' },
            inbound_nodes: [],
          },
          {
            class_name: 'InputLayer',
            name: 'a',
            config: { batch_input_shape: [null, 2], name: 'a' },
            inbound_nodes: [],
          },
        ],
        input_layers: [
          ['a', 0, 0],
          ['b', 0, 0],
        ],
        output_layers: [['s', 0, 0]],
      },
    };
    const graph = await load({ config, weights: { dense: [dense, denseBias] } });
    expect(run(graph, [1, 10], [1, 0])).toEqual([40, 50, 60]);
    expect(graph.tensors.filter((tensor) => tensor.name.startsWith('dense/kernel'))).toHaveLength(1);
  });

  it('finds the weights of nested models, by name or, where names do not tell, in the order of saving', async () => {
    const scale = (name: string): object => layer('Dense', { name, units: 1, use_bias: false });
    const inner = {
      class_name: 'Sequential',
      config: {
        name: 'inner',
        layers: [
          { ...scale('p'), config: { ...(scale('p') as { config: object }).config, trainable: false } },
          scale('q'),
        ],
      },
    };
    const one = (name: string, value: number): object => ({ name, shape: [1, 1], data: [value] });
    const config = sequential([1], inner, scale('last'));
    for (const names of [
      ['p/kernel:0', 'q/kernel:0', [3, 5]],
      ['x_1/kernel:0', 'x_2/kernel:0', [5, 3]],
    ] as const) {
      const weights = {
        inner: [one(names[0], names[2][0]), one(names[1], names[2][1])],
        last: [one('last/kernel:0', 1)],
      } as TestFile['weights'];
      const graph = await load({ config, weights: weights! });
      // Kernel of p: 3, of q: 5; the order of saving has the trainable q first.
      expect(graph.nodes.map((node) => node.origin)).toEqual(['inner/p', 'inner/q', 'last']);
      expect(graph.tensors.find((tensor) => tensor.name === 'inner/p/kernel')!.data).toEqual(Float32Array.of(3));
    }
  });

  it('takes the bare list of layers that old sequential models hold', async () => {
    const first = layer('Dense', { name: 'dense', units: 3, batch_input_shape: [null, 2] });
    expect(
      run(
        await load({ config: { class_name: 'Sequential', config: [first] }, weights: { dense: [dense, denseBias] } }),
        [0, 0],
      ),
    ).toEqual([0.5, 0, -0.5]);
  });

  it.each([
    ['Dropout', { rate: 0.5 }, [1, -2, 8]],
    ['ReLU', { max_value: 6, negative_slope: 0, threshold: 0 }, [1, 0, 6]],
    ['ReLU', { max_value: 2, negative_slope: 0.5, threshold: 0 }, [1, -1, 2]],
    ['LeakyReLU', { alpha: 0.25 }, [1, -0.5, 8]],
    ['Activation', { activation: 'hard_sigmoid' }, [0.7, 0.1, 1]],
    ['Activation', { activation: 'tanh' }, [0.7616, -0.964, 1]],
    ['Rescaling', { scale: 2, offset: [1, 2, 3] }, [3, -2, 19]],
    ['Normalization', { axis: -1, mean: [1, 0, 0], variance: [4, 1, 16] }, [0, -2, 2]],
    ['Reshape', { target_shape: [-1, 1] }, [1, -2, 8]],
  ])('knows %s %j', async (className, settings, expected) => {
    const graph = await load({ config: sequential([3], layer(className, { name: 'l', ...settings })) });
    expect(run(graph, [1, -2, 8])).toEqual(expected);
  });

  it.each([
    ['MaxPooling2D', { pool_size: [2, 2], strides: null, padding: 'valid' }, [5]],
    ['AveragePooling2D', { pool_size: [2, 2], strides: [2, 2], padding: 'same' }, [3, 4.5, 7.5, 9]],
    ['GlobalAveragePooling2D', {}, [5]],
    ['GlobalMaxPooling2D', {}, [9]],
    ['Permute', { dims: [2, 1, 3] }, [1, 4, 7, 2, 5, 8, 3, 6, 9]],
    [
      'ZeroPadding2D',
      {
        padding: [
          [1, 0],
          [0, 0],
        ],
      },
      [0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    ],
    [
      'Cropping2D',
      {
        cropping: [
          [1, 0],
          [0, 1],
        ],
      },
      [4, 5, 7, 8],
    ],
    ['Flatten', {}, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['UpSampling2D', { size: [1, 2] }, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9]],
    // Centres at halves: a quarter of the way to the neighbour, and the edge repeated.
    [
      'UpSampling2D',
      { size: [1, 2], interpolation: 'bilinear' },
      [1, 1.25, 1.75, 2.25, 2.75, 3, 4, 4.25, 4.75, 5.25, 5.75, 6, 7, 7.25, 7.75, 8.25, 8.75, 9],
    ],
  ])('knows %s %j', async (className, settings, expected) => {
    const graph = await load({ config: sequential([3, 3, 1], layer(className, { name: 'l', ...settings })) });
    expect(run(graph, [1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual(expected);
  });
});
