// Convolutions in groups against the reference.
import { elementCount, GraphBuilder, singleOperatorGraph, type Quantization, type Shape } from '@wherry/graph';
import { differences, leftToReference, Random } from './testing/against-reference.js';

it.each<readonly [Shape, Shape, object]>([
  [[1, 6, 7, 8], [16, 3, 3, 4], { activation: 'RELU6' }],
  // Groups of less than a block of filters, and of a block and a bit.
  [[2, 6, 7, 6], [9, 3, 3, 2], {}],
  [[1, 6, 7, 6], [22, 1, 1, 3], {}],
  [[2, 5, 5, 15], [3, 3, 2, 5], { strideH: 2, strideW: 2 }],
  [[1, 9, 9, 4], [4, 3, 3, 1], { padding: 'VALID', dilationH: 2, dilationW: 3 }],
  [[1, 5, 6, 5], [20, 2, 2, 1], { activation: 'RELU' }],
  [[1, 1, 1, 12], [12, 1, 1, 3], {}],
])('%j by %j %j', async (input, filter, attributes) => {
  const random = new Random(18);
  const filters = filter[0]!;
  for (let round = 0; round < 4; round++) {
    const scales = Array.from({ length: filters }, () => Math.fround(10 ** (-1 - 3 * random.number())));
    const weights = random.int8(filter).map((value) => Math.max(-127, value));
    const from = random.quantization(0.01, 0.1);
    const zeros = new Array<number>(filters).fill(0);
    const operands = [
      { shape: input, dtype: 'int8' as const, quantization: from },
      {
        shape: filter,
        dtype: 'int8' as const,
        data: weights,
        quantization: { scale: scales, zeroPoint: zeros, axis: 0 },
      },
      {
        shape: [filters],
        dtype: 'int32' as const,
        data: Int32Array.from({ length: filters }, () => random.integer(-3000, 3000)),
        quantization: { scale: scales.map((scale) => Math.fround(scale * from.scale[0]!)), zeroPoint: zeros, axis: 0 },
      },
    ];
    const graph = singleOperatorGraph('CONV_2D', operands, attributes, random.quantization(0.05, 5));
    expect(leftToReference(graph)).toEqual([]);
    expect(await differences(graph, [random.int8(input)])).toEqual([]);
    expect(await differences(graph, [new Int8Array(elementCount(input)).fill(127)])).toEqual([]);
  }
});

it('keeps apart what one filter is used for: densely, dilated, in groups', async () => {
  const random = new Random(19);
  const one = (count: number): Quantization => ({
    scale: new Array<number>(count).fill(0.03125),
    zeroPoint: new Array<number>(count).fill(0),
    axis: 0,
  });
  const builder = new GraphBuilder('one filter');
  const narrow = builder.input('narrow', [1, 8, 8, 3], 'int8', one(1));
  const wide = builder.input('wide', [1, 8, 8, 6], 'int8', one(1));
  const w = builder.constant('w', [10, 3, 3, 3], random.int8([10, 3, 3, 3]), 'int8', one(10));
  const made = (origin: string) => ({ origin, outputQuantization: one(1) });
  const graph = builder.finish([
    builder.add('CONV_2D', [narrow, w], {}, made('densely')),
    builder.add('CONV_2D', [narrow, w], { dilationH: 2, dilationW: 2 }, made('dilated')),
    builder.add('CONV_2D', [wide, w], {}, made('in groups')),
  ]);
  expect(leftToReference(graph)).toEqual([]);
  expect(await differences(graph, [random.int8([1, 8, 8, 3]), random.int8([1, 8, 8, 6])])).toEqual([]);
});
