// What layers of Keras do where the file leaves a setting out, or gives null, on numbers done by hand.
import { evaluate } from '@wherry/graph';
import { kerasFile, layer, sequential, type TestFile } from '../../testing/keras-file.js';
import { importKeras } from '../import-keras.js';

async function run(file: TestFile, values: readonly number[]): Promise<number[]> {
  const { graph } = importKeras(await kerasFile(file));
  return Array.from(evaluate(graph, [Float32Array.from(values)])[0] as Float32Array);
}

describe('a pool', () => {
  const six = [1, 6, 2, 5, 3, 4];
  it.each<readonly [string, object, readonly number[]]>([
    ['without strides moves by its own size', { pool_size: [3] }, [6, 5]],
    ['with strides of null too', { pool_size: [3], strides: null }, [6, 5]],
    ['with neither is of two values', {}, [6, 5, 4]],
    ['with strides moves by them', { pool_size: [3], strides: [1] }, [6, 6, 5, 5]],
    ['padded gives a place more', { pool_size: [4], padding: 'same' }, [6, 5]],
  ])('%s', async (_, settings, expected) => {
    const config = sequential([6, 1], layer('MaxPooling1D', { name: 'p', ...settings }));
    expect(await run({ config }, six)).toEqual(expected);
  });

  it('leaves padding out of averages', async () => {
    const config = sequential([3, 1], layer('AveragePooling1D', { name: 'p', pool_size: [2], padding: 'same' }));
    expect(await run({ config }, [2, 4, 9])).toEqual([3, 9]);
  });
});

it('Normalization keeps a small deviation as it is, and one of zero from being divided by', async () => {
  const stored = (variance: readonly number[]) => [
    { name: 'n/mean:0', shape: [2], data: [1, 1] },
    { name: 'n/variance:0', shape: [2], data: variance },
    { name: 'n/count:0', shape: [], data: [7] },
  ];
  const config = sequential([2], layer('Normalization', { name: 'n', axis: [-1] }));
  const [small, none] = await run({ config, weights: { n: stored([1e-8, 0]) } }, [1.5, 1]);
  expect(small! / 5000).toBeCloseTo(1, 4);
  expect(none).toBe(0);
});
