// Noise of each layer: of integers against the float graph, on the samples that are given.
import { GraphBuilder, referenceEngine, type Engine, type Graph } from '@wherry/graph';
import { layerSamples, measureLayers } from './layer-errors.js';
import { SpreadSamples } from './spread-samples.js';

/** Two layers in a row, in real numbers or in integers of one scale. */
function rectified(dtype: 'float32' | 'int8'): Graph {
  const builder = new GraphBuilder('rectified');
  const quantization = { scale: [0.5], zeroPoint: [0], axis: 0 };
  const options = dtype === 'int8' ? { outputQuantization: quantization } : {};
  const x = builder.input('x', [1, 4], dtype, options.outputQuantization);
  const y = builder.add('RELU', [x], {}, { origin: 'first', ...options });
  return builder.finish([
    builder.add(
      'RESHAPE',
      [y, builder.constant('shape', [2], Int32Array.of(2, 2), 'int32')],
      {},
      { origin: 'second', ...options },
    ),
  ]);
}

const graphs = (() => {
  const [float, quantized] = [rectified('float32'), rectified('int8')];
  return { float, quantized, tensorOf: new Map(float.tensors.map((_, id) => [id, id])) };
})();
const layers = graphs.quantized.nodes.map(({ outputs }) => outputs[0]!);

async function ratios(...samples: readonly (readonly number[])[]): Promise<readonly (number | null | undefined)[]> {
  const feeds = samples.map((values) => [Float32Array.from(values)]);
  const { samples: count, sqnrDb } = await measureLayers(graphs, referenceEngine, feeds);
  expect(count).toBe(samples.length);
  return layers.map((id) => sqnrDb.get(id));
}

it('is 10 log10 of signal to noise at each layer, of all samples together', async () => {
  // 1.2 is read as 1.0: noise 0.04 beside a signal of 1.44 + 0.25 + 4, and 4 of the other sample.
  const wanted = 10 * Math.log10((1.44 + 0.25 + 4 + 4) / 0.04);
  const found = await ratios([1.2, -3, 0.5, 2], [2, 0, 0, 0]);
  for (const ratio of found) expect(ratio).toBeCloseTo(wanted, 4);
});

it('is null where nothing differs', async () => {
  expect(await ratios([1, -1, 0.5, 2])).toEqual([null, null]);
  expect(await ratios([-1, -1, -1, -1])).toEqual([null, null]);
});

it('is missing where there is noise without a signal', async () => {
  const wrong: Engine = {
    name: 'wrong',
    prepare: async () => ({
      run: async (_, observer) => {
        for (const id of layers) if (observer?.wants(id)) observer.see(id, Int8Array.of(1, 1, 1, 1));
        return [];
      },
      dispose: () => undefined,
    }),
  };
  const feeds = [[Float32Array.of(-1, -1, -1, -1)]];
  const { sqnrDb } = await measureLayers(graphs, referenceEngine, feeds, { quantizedOn: wrong });
  expect(sqnrDb.size).toBe(0);
});

it('leaves out what has no counterpart of as many values', async () => {
  const { sqnrDb } = await measureLayers(
    { ...graphs, tensorOf: new Map([...graphs.tensorOf].filter(([id]) => id !== layers[0])) },
    referenceEngine,
    [[Float32Array.of(1.2, 0, 0, 0)]],
  );
  expect([...sqnrDb.keys()]).toEqual([layers[1]]);
});

it('looks at fewer samples of a large model', () => {
  expect([0, 1e7, 1e8, 1e12].map(layerSamples)).toEqual([64, 64, 10, 4]);
});

describe('samples that are kept', () => {
  const keep = async (given: number, count: number | undefined, most: number): Promise<readonly number[]> => {
    const some = new SpreadSamples<number>(count, most);
    const seen: number[] = [];
    const stream = (async function* () {
      for (let i = 0; i < given; i++) yield i;
    })();
    for await (const each of some.of(stream)) seen.push(each);
    expect(seen).toHaveLength(given);
    return some.kept;
  };

  it('are spread evenly over all', async () => {
    expect(await keep(100, 100, 4)).toEqual([12, 37, 62, 87]);
    expect(await keep(3, 3, 4)).toEqual([0, 1, 2]);
  });

  it('are the first where it is not known how many there are', async () => {
    expect(await keep(9, undefined, 4)).toEqual([0, 1, 2, 3]);
  });
});
