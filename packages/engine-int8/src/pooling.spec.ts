// Pools against the reference: windows of all shapes over all borders.
import { singleOperatorGraph, type FusedActivation, type PoolAttributes, type Shape } from '@wherry/graph';
import { differences, leftToReference, Random } from './testing/against-reference.js';

type Sizes = readonly [height: number, width: number];

const activations: readonly FusedActivation[] = ['NONE', 'RELU', 'RELU6', 'RELU_N1_TO_1'];

function attributesOf(padding: 'SAME' | 'VALID', [filterH, filterW]: Sizes, [strideH, strideW]: Sizes): PoolAttributes {
  return { padding, filterH, filterW, strideH, strideW, activation: 'NONE' };
}

describe.each(['AVERAGE_POOL_2D', 'MAX_POOL_2D'] as const)('%s', (kind) => {
  it.each<readonly [Shape, PoolAttributes]>([
    [[1, 7, 9, 16], attributesOf('SAME', [3, 3], [2, 2])],
    [[2, 7, 9, 19], attributesOf('SAME', [3, 2], [1, 2])],
    [[3, 8, 8, 5], attributesOf('VALID', [2, 2], [2, 2])],
    [[1, 6, 5, 1], attributesOf('VALID', [6, 5], [1, 1])],
    [[2, 20, 20, 33], attributesOf('VALID', [20, 20], [20, 20])],
    [[1, 3, 3, 40], attributesOf('SAME', [7, 7], [1, 1])],
    [[1, 9, 9, 8], attributesOf('SAME', [1, 1], [4, 3])],
  ])('%j %j', async (shape, attributes) => {
    const random = new Random(8);
    for (let round = 0; round < 8; round++) {
      const quantization = random.quantization(1e-3, 1);
      const graph = singleOperatorGraph(
        kind,
        [{ shape, dtype: 'int8', quantization }],
        { ...attributes, activation: activations[round % 4]! },
        quantization,
      );
      expect(leftToReference(graph)).toEqual([]);
      const extreme = new Int8Array(random.int8(shape).length).fill(round === 6 ? -128 : 127);
      expect(await differences(graph, [round < 6 ? random.int8(shape) : extreme])).toEqual([]);
    }
  });
});

it('takes means with every remainder, of both signs', async () => {
  const random = new Random(9);
  const quantization = random.quantization(0.1, 1);
  for (let width = 1; width < 60; width++) {
    const shape = [1, 1, width, 64];
    const operand = { shape, dtype: 'int8' as const, quantization };
    const graph = singleOperatorGraph(
      'AVERAGE_POOL_2D',
      [operand],
      attributesOf('VALID', [1, width], [1, 1]),
      quantization,
    );
    const feed = random.int8(shape).map((value) => (width % 2 === 0 ? value >> 5 : value));
    expect(await differences(graph, [feed])).toEqual([]);
  }
});

it('leaves to the reference a window whose sums float32 does not hold', () => {
  const graph = singleOperatorGraph(
    'AVERAGE_POOL_2D',
    [{ shape: [1, 257, 256, 1], dtype: 'int8', quantization: new Random(1).quantization(1, 2) }],
    attributesOf('VALID', [257, 256], [1, 1]),
    new Random(1).quantization(1, 2),
  );
  expect(leftToReference(graph)).toEqual(['AVERAGE_POOL_2D']);
});

it.each([-128, 127, 3])('takes the largest window that it has: %i', async (value) => {
  const quantization = new Random(1).quantization(1, 2);
  const operand = { shape: [1, 256, 256, 1], dtype: 'int8' as const, quantization };
  const attributes = attributesOf('VALID', [256, 256], [1, 1]);
  const graph = singleOperatorGraph('AVERAGE_POOL_2D', [operand], attributes, quantization);
  expect(leftToReference(graph)).toEqual([]);
  // One value beside the others: the mean is next to a whole number.
  for (const beside of [value, value - Math.sign(value)]) {
    const feed = new Int8Array(65536).fill(value);
    feed[100] = beside;
    expect(await differences(graph, [feed])).toEqual([]);
  }
});
